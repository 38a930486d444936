// kha-lab replay: a recording in the same screens, as lines, or as the JSON that its run printed.
import { once } from 'node:events';
import { retellLab } from '../lab/retell.ts';
import { exits } from '../model/failure.ts';
import type { LabFeed } from '../model/labplan.ts';
import type { Observation, RunBegun } from '../model/observation.ts';
import { SceneFold } from '../model/scenefold.ts';
import { openReel } from '../recording/openreel.ts';
import { indexPlace } from '../recording/places.ts';
import { readRecording } from '../recording/read.ts';
import type { Reel } from '../recording/reel.ts';
import { openScreens } from '../tui/open.tsx';
import { version } from '../version.ts';
import { type ScreenFlags, screenWishes } from './flags.ts';
import { collectEarly } from './heap.ts';
import { tellIndexing } from './indexing.ts';
import { speakAsRun } from './lablanguage.ts';
import { labOf, labTeller } from './labretold.ts';
import { printLines } from './lines.ts';
import { createPlayback } from './playback.ts';
import { createPredictor } from './prediction.ts';
import { resultOfRun } from './retold.ts';
import { hasTerminal, type Surroundings } from './surroundings.ts';

export interface ReplayFlags extends ScreenFlags {
  readonly speed: number;
}

export async function replay(flags: ReplayFlags, surroundings: Surroundings, file = ''): Promise<number> {
  if (flags.json || flags.plain || !hasTerminal(surroundings))
    await withoutScreens(flags, surroundings, file);
  else {
    const title = `replay ${file.split('/').at(-1)}`;
    await playOnScreens(flags, surroundings, { file, titled: () => title });
  }
  return exits.good;
}

/** Runs whose own `--json` was the stream itself. */
const streamed = ['watch', 'check'];

/** In flat memory: the reader waits until what was printed is taken. */
async function withoutScreens(flags: ReplayFlags, surroundings: Surroundings, file: string): Promise<void> {
  collectEarly();
  const { stdout, stderr, env } = surroundings;
  const say = (sentence: string) => void stderr.write(`${sentence}\n`);
  const printLine = printLines(stdout);
  const printJson = (one: Observation) => void stdout.write(`${JSON.stringify(one)}\n`);
  let take: (one: Observation) => void = flags.json ? printJson : printLine;
  let result: (() => unknown) | null = null;
  for await (const one of readRecording(file, say)) {
    if (one.kind === 'run') speakAsRun(one, env);
    if (one.kind === 'run' && flags.json && !streamed.includes(one.what)) {
      const teller = await tellerOf(one, file);
      take = teller.see;
      result = teller.result;
    }
    take(one);
    if (stdout.writableNeedDrain && !(await isTaken(stdout))) return;
  }
  if (result) stdout.write(`${JSON.stringify(result())}\n`);
}

/** Folds a run into the object it printed: a lab's own, or that of `failover`. */
async function tellerOf(begun: RunBegun, file: string) {
  if (begun.what === 'lab') return labTeller(begun, file);
  const fold = new SceneFold();
  return { see: (one: Observation) => fold.see(one), result: () => resultOfRun(fold.scene, file) };
}

/** False when nobody reads any more, which is no failure of ours. */
async function isTaken(stdout: NodeJS.WritableStream): Promise<boolean> {
  try {
    await once(stdout, 'drain');
    return true;
  } catch {
    return false;
  }
}

export interface Played {
  readonly file: string;
  /** What stands on the first line of the screens, from as much of the beginning as is at hand. */
  readonly titled: (head: readonly Observation[]) => string;
}

/** Plays a recording on the screens until the person leaves. */
export async function playOnScreens(
  flags: ReplayFlags,
  { stdin, stdout, stderr, env, clock }: Surroundings,
  { file, titled }: Played,
): Promise<void> {
  const reel = await openReel(file, {
    folder: indexPlace(env),
    version,
    onProgress: tellIndexing({ stderr }),
  });
  const player = createPlayback(reel, { clock, speed: flags.speed });
  speakAsRun(reel.head[0], env);
  await openScreens({
    feed: await withSteps(reel, player.feed, file),
    stdin,
    stdout,
    env,
    title: titled(reel.head),
    ...screenWishes(flags),
    leave: async () => player.stop(),
  });
}

/** A recorded lab is told again with its steps, as far as this kha-lab still has that lab. */
async function withSteps({ head, cues }: Reel, feed: LabFeed, recording: string): Promise<LabFeed> {
  const [begun] = head;
  if (begun?.kind !== 'run' || begun.lab === undefined) return feed;
  const lab = await labOf(begun);
  if (lab === null) return feed;
  const predictor = createPredictor();
  const { now: predicted, of: expected } = predictor;
  return retellLab({ lab, feed, recording, entered: cues.steps, predicted, expected });
}
