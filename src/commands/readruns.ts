// Recordings named on the command line, files or folders of them, folded for a report.
import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { readDuration } from '../model/duration.ts';
import { exits, KhaError } from '../model/failure.ts';
import type { RunBegun } from '../model/observation.ts';
import { rememberedPredictions } from '../model/predictions.ts';
import { RunFold } from '../model/runfold.ts';
import type { RunTold } from '../model/runtold.ts';
import { readRecording } from '../recording/read.ts';

export interface ReadRunsWish {
  readonly cwd: string;
  /** Told what a folder holds that is no recording, and what is cut; one sentence. */
  readonly say: (sentence: string) => void;
  /** Rounds will be drawn. */
  readonly pictures?: boolean;
  /** How many log lines of either weight to keep of all together. Default 0. */
  readonly mostLogs?: number;
}

/** In the order named; a folder's by name. @throws KhaError (exit 2) for a file that is no recording, or a folder without one. */
export async function readRuns(
  places: readonly string[],
  { cwd, say, pictures = false, mostLogs = 0 }: ReadRunsWish,
): Promise<readonly RunTold[]> {
  const predictions = rememberedPredictions();
  const runs: RunTold[] = [];
  const named = await Promise.all(
    places.map(async (place) => ({ place, found: await recordingsAt(place, cwd) })),
  );
  const count = named.reduce((sum, { found }) => sum + found.files.length, 0);
  for (const { place, found } of named) {
    const before = runs.length;
    for (const file of found.files) {
      try {
        runs.push(await readRun(file));
      } catch (error) {
        if (!found.folder || !(error instanceof KhaError)) throw error;
        say(`${error.message} It is left out.`);
      }
    }
    if (runs.length === before) throw noRecording(place);
  }
  return runs;

  async function readRun(file: string): Promise<RunTold> {
    const fold = new RunFold({ predictions, limitOf, pictures, mostLogs: Math.ceil(mostLogs / count) });
    const cuts: string[] = [];
    const noteCut = (sentence: string) => void cuts.push(sentence);
    for await (const observation of readRecording(resolve(cwd, file), noteCut)) fold.see(observation);
    const told = fold.told(file, cuts.length === 0 ? null : cuts.join(' '));
    if (told === null) throw noRecording(file);
    return told;
  }
}

/** `--max-handover` as the run was given it: a report judges by the same limit. */
export function limitOf({ flags, command }: Pick<RunBegun, 'command' | 'flags'>): number | null {
  if (flags !== undefined) return typeof flags.maxHandover === 'number' ? flags.maxHandover : null;
  // Older recordings have the command line alone.
  const at = command.indexOf('--max-handover');
  return at < 0 ? null : readDuration(command[at + 1] ?? '');
}

async function recordingsAt(
  place: string,
  cwd: string,
): Promise<{ readonly folder: boolean; readonly files: readonly string[] }> {
  const found = await stat(resolve(cwd, place)).catch(() => null);
  // A file that is not there is refused as it is read.
  if (!found?.isDirectory()) return { folder: false, files: [place] };
  const names = await readdir(resolve(cwd, place), { recursive: true });
  const files = names.filter((name) => name.endsWith('.ndjson')).sort();
  return { folder: true, files: files.map((name) => join(place, name)) };
}

function noRecording(place: string): KhaError {
  return new KhaError({
    code: 'not-a-recording',
    exit: exits.usage,
    message: `There is no recording in ${place}.`,
    tryThis: 'Recordings end in .ndjson and are made by lab, watch --record and failover.',
  });
}
