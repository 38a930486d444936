// kha-lab runs: what was recorded where runs are kept: when, what, rounds, verdict, size, path.
import { exits, KhaError } from '../model/failure.ts';
import type { Scene } from '../model/scene.ts';
import { statePlaces } from '../recording/places.ts';
import { type KeptRun, keptRuns } from '../recording/shelf.ts';
import type { CommonFlags } from './flags.ts';
import { resultOfRun, sceneOf } from './retold.ts';
import type { Surroundings } from './surroundings.ts';

export interface RunJson {
  readonly file: string;
  readonly bytes: number;
  /** The rest is null, and `problem` says why, where the file is no recording or too long to be read for a list. */
  readonly startedAt: string | null;
  readonly what: string | null;
  readonly target: string | null;
  readonly component: string | null;
  readonly fault: string | null;
  readonly rounds: number | null;
  readonly passed: number | null;
  readonly verdict: string | null;
  readonly problem?: string;
}

export async function runs(flags: CommonFlags, { stdout, env }: Surroundings): Promise<number> {
  const folder = statePlaces(env).runs;
  const found: RunJson[] = [];
  for (const kept of keptRuns(folder)) found.push(await described(kept));
  if (flags.json) stdout.write(`${JSON.stringify({ version: 1, folder, runs: found })}\n`);
  else if (found.length === 0) stdout.write(`No runs are kept in ${folder}.\n`);
  else for (const run of found) stdout.write(`${lineOf(run)}\n  ${run.file}\n`);
  return exits.good;
}

/** A list must not take minutes: longer recordings are named, not read. */
const longestRead = 64 * 1024 * 1024;

const unknown = {
  startedAt: null,
  what: null,
  target: null,
  component: null,
  fault: null,
  rounds: null,
  passed: null,
  verdict: null,
};

async function described(kept: KeptRun): Promise<RunJson> {
  const { file, bytes } = kept;
  if (bytes > longestRead) return { file, bytes, ...unknown, problem: 'too long to be read for a list' };
  try {
    const scene = await sceneOf(file);
    return { file, bytes, ...factsOf(scene, kept) };
  } catch (error) {
    if (!(error instanceof KhaError)) throw error;
    return { file, bytes, ...unknown, problem: error.message };
  }
}

function factsOf(scene: Scene, kept: KeptRun): Omit<RunJson, 'file' | 'bytes'> {
  const { startedAt = null, what = null, target = null } = scene.run ?? {};
  const { rounds, component, fault } = resultOfRun(scene, kept.file);
  const some = scene.timeline.rounds.length > 0;
  return {
    startedAt,
    what,
    target,
    component: some ? component : null,
    fault: some ? fault : null,
    rounds: rounds.length,
    passed: rounds.filter(({ verdict }) => verdict === 'passed').length,
    verdict: verdictOf(scene, kept),
  };
}

const byExit: Readonly<Record<number, string>> = {
  0: 'passed',
  1: 'failed',
  3: 'inconclusive',
  4: 'unreachable',
  5: 'not steady',
  6: 'NOT RESTORED',
  7: 'not recorded',
  70: 'bug',
  130: 'interrupted',
};

function verdictOf({ ended }: Scene, { writer }: KeptRun): string {
  if (ended === null) return writer === null ? 'cut off' : 'under way';
  return byExit[ended] ?? `exit ${ended}`;
}

function lineOf({ startedAt, what, component, fault, rounds, verdict, bytes, problem }: RunJson): string {
  const size = sizeInWords(bytes).padStart(8);
  if (problem !== undefined) return `${' '.repeat(17)}  ${size}  not listed: ${problem}`;
  const when = `${startedAt?.slice(0, 16).replace('T', ' ')}Z`;
  const many =
    rounds === 0 ? '' : `, ${rounds} ${rounds === 1 ? 'round' : 'rounds'} of ${fault} ${component}`;
  return `${when}  ${size}  ${what}${many}: ${verdict}`;
}

export function sizeInWords(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(0)} KiB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}
