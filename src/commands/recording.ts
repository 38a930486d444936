// The recording of a run and its fold, from its first moment to its exit code; light, as screens open with it.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createStage, type Stage } from '../experiment/stage.ts';
import { say } from '../experiment/watch/witness.ts';
import { type Exit, exits, gravest, KhaError } from '../model/failure.ts';
import type { RunBegun } from '../model/observation.ts';
import type { Clock } from '../model/time.ts';
import { recordingName, statePlaces } from '../recording/places.ts';
import { createRecorder, type Recorder } from '../recording/recorder.ts';
import { noTape, openTape } from '../recording/tape.ts';
import type { Surroundings } from './surroundings.ts';

export interface Recording {
  readonly recorder: Recorder;
  readonly stage: Stage;
  /** Where the run is kept; null when it is not, or no more. */
  readonly file: string | null;
  readonly startedMs: number;
  readonly clock: Clock;
  /** The first write that failed, once one has. */
  failure(): KhaError | null;
  /** Looks whether the file is still there: for whoever is about to name it. */
  verify(): void;
  close(exit: number): void;
}

export interface RecordingWish {
  readonly what: RunBegun['what'];
  /** A file; or null: keep none; or undefined: where runs are kept by default. */
  readonly record: string | null | undefined;
  /** Who sits there, in a class: part of the file's name. */
  readonly seat?: string | undefined;
}

/** @throws KhaError `recording-failed` (exit 7) when the file cannot be made. */
export function beginRecording(
  { what, record, seat }: RecordingWish,
  { env, clock }: Surroundings,
): Recording {
  const startedMs = clock();
  let failure: KhaError | null = null;
  const name = () => join(statePlaces(env).runs, recordingName(what, new Date(startedMs), process.pid, seat));
  const onFailure = (error: KhaError) => {
    failure = error;
    const { code, message, tryThis } = error;
    say({ observe: recorder.observe, clock }, null, { kind: 'problem', code, message, tryThis });
  };
  const tape = record === null ? noTape : openTape({ file: record ?? name(), onFailure });
  const recorder = createRecorder({ tape, clock, startedMs });
  const stage = createStage(recorder.subscribe);
  return {
    recorder,
    stage,
    get file() {
      return tape.file;
    },
    startedMs,
    clock,
    failure: () => failure,
    verify: tape.verify,
    close(exit) {
      say({ observe: recorder.observe, clock }, null, { kind: 'end', exit });
      recorder.close();
      // What never became a run is nobody's to see again.
      if (tape.file !== null && stage.scene().run === null) rmSync(tape.file, { force: true });
    },
  };
}

/** Does the work of a run and ends its recording with the exit code, whichever way the work ended. */
export async function recorded(recording: Recording, work: () => Promise<Exit>): Promise<Exit> {
  let exit: Exit;
  try {
    exit = gravest([await work(), recording.failure()?.exit ?? exits.good]);
  } catch (error) {
    recording.close(error instanceof KhaError ? error.exit : exits.bug);
    throw error instanceof KhaError ? withLost(error, recording.failure()) : error;
  }
  const known = recording.failure();
  recording.close(exit);
  const lost = recording.failure();
  // Nobody has told it yet: the last of it is written only now.
  if (lost !== known && lost !== null && gravest([exit, lost.exit]) === lost.exit) throw lost;
  return exit;
}

/** The failure, with the graver exit code and both sentences where the recording could not be written either. */
function withLost(error: KhaError, lost: KhaError | null): KhaError {
  if (lost === null || lost === error) return error;
  const { code, message, tryThis } = error;
  const exit = gravest([error.exit, lost.exit]);
  return new KhaError({ code, exit, message: `${message} ${lost.message}`, tryThis, cause: error });
}
