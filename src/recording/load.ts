// A recording in memory, to be played: within a bound, however long the file is.
import { exits, KhaError } from '../model/failure.ts';
import type { Observation } from '../model/observation.ts';
import { readRecording } from './read.ts';

export interface Loaded {
  readonly tape: readonly Observation[];
  /** What a person should know of it, a sentence each: a missing end, lines left out. */
  readonly remarks: readonly string[];
}

/** Observations kept: some 100 MB, and as much again while the screens draw. */
const most = 50_000;

/** Left out first, as the strip and the rounds stand without them: lines that tell nothing of the election, canaries, renewals. */
const lessImportant: readonly ((one: Observation) => boolean)[] = [
  (one) => one.kind === 'log' && one.event === null,
  (one) => one.kind === 'log' && one.event?.is === 'request',
  (one) => ['log', 'canary', 'clock', 'api', 'endpoints', 'lock'].includes(one.kind),
];

/** All of it; null where that is more than fits. @throws KhaError as `readRecording`. */
export async function loadWhole(file: string, limit = most): Promise<Loaded | null> {
  const remarks: string[] = [];
  const tape: Observation[] = [];
  for await (const observation of readRecording(file, (sentence) => remarks.push(sentence))) {
    if (tape.length >= limit) return null;
    tape.push(observation);
  }
  return { tape, remarks };
}

/**
 * All of it, or what matters most of it.
 * @throws KhaError as `readRecording`; `recording-too-long` (exit 2) when even that is more than fits.
 */
export async function loadRecording(file: string, limit = most): Promise<Loaded> {
  const remarks: string[] = [];
  let tape: Observation[] = [];
  let dropped = 0;
  let level = 0;
  const isDropped = (one: Observation) => lessImportant.slice(0, level).some((drops) => drops(one));
  for await (const observation of readRecording(file, (sentence) => remarks.push(sentence))) {
    if (level > 0 && isDropped(observation)) {
      dropped += 1;
      continue;
    }
    tape.push(observation);
    while (tape.length > limit && level < lessImportant.length) {
      level += 1;
      const before = tape.length;
      tape = tape.filter((one) => !isDropped(one));
      dropped += before - tape.length;
    }
    if (tape.length > limit) throw tooLong(file, limit);
  }
  if (dropped > 0)
    remarks.push(
      `The recording is too long to be shown whole: ${dropped} lines of lesser importance are left out.`,
    );
  return { tape, remarks };
}

function tooLong(file: string, limit: number): KhaError {
  return new KhaError({
    code: 'recording-too-long',
    exit: exits.usage,
    message: `${file} has more than ${limit} observations that matter: too many for the screens.`,
    tryThis: 'Read it with --plain or --json, which take recordings of any length.',
  });
}
