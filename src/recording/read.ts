// Reads a recording as far as it is whole: a crash may have cut its last line.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { exits, KhaError } from '../model/failure.ts';
import type { Observation } from '../model/observation.ts';

/**
 * The observations of a recording, in order, up to its last whole line; `onCut` is told, in one sentence, when that is
 * not the end of its run.
 * @throws KhaError `not-a-recording` when the file cannot be read or does not begin as one.
 */
export async function* readRecording(
  file: string,
  onCut: (sentence: string) => void = () => {},
): AsyncGenerator<Observation> {
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY });
  let first = true;
  let ended = false;
  let lastMs = 0;
  try {
    for await (const line of lines) {
      const observation = parse(line);
      if (first) expectRun(file, observation);
      first = false;
      if (observation === null) break;
      ended ||= observation.kind === 'end';
      lastMs = Math.max(lastMs, observation.atMs);
      yield observation;
    }
  } catch (cause) {
    if (cause instanceof KhaError) throw cause;
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') throw missing(file, cause);
    throw refused(file, `it could not be read (${(cause as Error).message})`, cause);
  }
  if (first) throw refused(file, 'it is empty');
  if (!ended)
    onCut(
      `The recording ends ${lengthOf(lastMs)} after its beginning without the end of its run: what came after is missing.`,
    );
}

const lengthOf = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

function parse(line: string): Observation | null {
  try {
    const value: unknown = JSON.parse(line);
    return isObservation(value) ? value : null;
  } catch {
    return null;
  }
}

function isObservation(value: unknown): value is Observation {
  return typeof value === 'object' && value !== null && 'kind' in value && 'seq' in value && 'atMs' in value;
}

function expectRun(file: string, observation: Observation | null): void {
  if (observation?.kind !== 'run') throw refused(file, 'its first line is not the beginning of a run');
  const format: number = observation.version;
  if (format !== 1)
    throw new KhaError({
      code: 'newer-recording',
      exit: exits.usage,
      message: `${file} was recorded in format ${format}, which this kha-lab does not know.`,
      tryThis: 'Open it with the kha-lab that recorded it, or a newer one.',
    });
}

function missing(file: string, cause: unknown): KhaError {
  return new KhaError({
    code: 'not-a-recording',
    exit: exits.usage,
    message: `There is no file ${file}.`,
    tryThis: 'Recordings are kept in ~/.local/state/kha-lab/runs, if no other place was given.',
    cause,
  });
}

function refused(file: string, why: string, cause?: unknown): KhaError {
  return new KhaError({
    code: 'not-a-recording',
    exit: exits.usage,
    message: `${file} is not a recording of kha-lab: ${why}.`,
    tryThis: 'Recordings end in .ndjson and are made by lab, watch --record and failover.',
    cause,
  });
}
