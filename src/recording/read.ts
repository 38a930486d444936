// Reads a recording as far as it is whole: a crash may have cut its last line.
import { exits, KhaError } from '../model/failure.ts';
import type { Observation } from '../model/observation.ts';
import { knownKinds, observationSchema } from './schema/observation.ts';
import { type Batch, wholeLines } from './wholelines.ts';

/**
 * The observations of a recording, in order, up to its last whole line; `onCut` is told, in one sentence each, when that
 * is not the end of its run, and when lines of a newer kha-lab were passed over; `onBatch` comes before what each batch holds.
 * @throws KhaError `not-a-recording` when the file cannot be read or does not begin as one; `newer-recording` when it
 * begins in a format this program does not know.
 */
export async function* readRecording(
  file: string,
  onCut: (sentence: string) => void = () => {},
  onBatch: (batch: Batch) => void = () => {},
): AsyncGenerator<Observation> {
  let first = true;
  let ended = false;
  let lastMs = 0;
  const passedOver = new Map<string, number>();
  reading: for await (const batch of linesOf(file)) {
    onBatch(batch);
    for (const text of batch.lines) {
      const line = readLine(text);
      if (first) expectRun(file, line);
      first = false;
      if (line.is === 'garbage') break reading;
      if (line.is === 'unknown') {
        passedOver.set(line.kind, (passedOver.get(line.kind) ?? 0) + 1);
        continue;
      }
      const { observation } = line;
      ended ||= observation.kind === 'end';
      lastMs = Math.max(lastMs, observation.atMs);
      yield observation;
    }
  }
  if (first) throw refused(file, 'it is empty');
  if (passedOver.size > 0) onCut(passedOverWords(passedOver));
  if (!ended)
    onCut(
      `The recording ends ${lengthOf(lastMs)} after its beginning without the end of its run: what came after is missing.`,
    );
}

/** What of these lines `readRecording` would give: up to the first that is not whole. */
export function observationsOf(lines: readonly string[]): readonly Observation[] {
  const found: Observation[] = [];
  for (const text of lines) {
    const line = readLine(text);
    if (line.is === 'garbage') break;
    if (line.is === 'observation') found.push(line.observation);
  }
  return found;
}

type Line =
  | { readonly is: 'observation'; readonly observation: Observation }
  /** Whole, but of no kind or shape that this program knows. */
  | { readonly is: 'unknown'; readonly kind: string; readonly value: unknown }
  | { readonly is: 'garbage' };

function readLine(text: string): Line {
  const value = jsonOf(text);
  if (!isStamped(value)) return { is: 'garbage' };
  // The value itself, not what was parsed of it: keys of a newer kha-lab stay.
  if (knownKinds.has(value.kind) && observationSchema.safeParse(value).success)
    return { is: 'observation', observation: value as Observation };
  return { is: 'unknown', kind: value.kind, value };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isStamped(value: unknown): value is { readonly kind: string } {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, seq, atMs } = value as Record<string, unknown>;
  return typeof kind === 'string' && typeof seq === 'number' && typeof atMs === 'number';
}

async function* linesOf(file: string): AsyncGenerator<Batch> {
  try {
    yield* wholeLines(file);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') throw missing(file, cause);
    throw refused(file, `it could not be read (${(cause as Error).message})`, cause);
  }
}

const lengthOf = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

function passedOverWords(passedOver: ReadonlyMap<string, number>): string {
  const kinds = [...passedOver].slice(0, 5).map(([kind, count]) => `${count} of kind "${kind.slice(0, 40)}"`);
  return `Lines that this kha-lab cannot read were passed over: ${kinds.join(', ')}.`;
}

function expectRun(file: string, line: Line): void {
  if (line.is === 'observation' && line.observation.kind === 'run') return;
  const version = line.is === 'unknown' && line.kind === 'run' && versionOf(line.value);
  if (typeof version !== 'number' || version === 1)
    throw refused(file, 'its first line is not the beginning of a run');
  throw new KhaError({
    code: 'newer-recording',
    exit: exits.usage,
    message: `${file} was recorded in format ${version}, which this kha-lab does not know.`,
    tryThis: 'Open it with the kha-lab that recorded it, or a newer one.',
  });
}

function versionOf(value: unknown): unknown {
  return (value as { readonly version?: unknown }).version;
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
