// kha-lab replay: a recording in the same screens, as lines, or as the JSON that its run printed.
import { once } from 'node:events';
import { findLab } from '../lab/find.ts';
import { readLab } from '../lab/read.ts';
import { labIn } from '../lab/readtranslation.ts';
import { retellLab } from '../lab/retell.ts';
import { exits, KhaError } from '../model/failure.ts';
import type { LabFeed } from '../model/labplan.ts';
import type { Observation } from '../model/observation.ts';
import { SceneFold } from '../model/scenefold.ts';
import { openReel } from '../recording/openreel.ts';
import { indexPlace } from '../recording/places.ts';
import { readRecording } from '../recording/read.ts';
import { openScreens } from '../tui/open.tsx';
import { version } from '../version.ts';
import { type ScreenFlags, screenWishes } from './flags.ts';
import { tellIndexing } from './indexing.ts';
import { speakAsked } from './lablanguage.ts';
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
  const { stdout, stderr } = surroundings;
  const say = (sentence: string) => void stderr.write(`${sentence}\n`);
  const printLine = printLines(stdout);
  const printJson = (one: Observation) => void stdout.write(`${JSON.stringify(one)}\n`);
  const fold = new SceneFold();
  let take: (one: Observation) => void = flags.json ? printJson : printLine;
  for await (const one of readRecording(file, say)) {
    if (one.kind === 'run' && flags.json && !streamed.includes(one.what)) take = (each) => fold.see(each);
    take(one);
    if (stdout.writableNeedDrain && !(await isTaken(stdout))) return;
  }
  if (fold.scene.run) stdout.write(`${JSON.stringify(resultOfRun(fold.scene, file))}\n`);
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
  speakAsked(undefined, env);
  await openScreens({
    feed: await withSteps(reel.head, player.feed, file),
    stdin,
    stdout,
    env,
    title: titled(reel.head),
    ...screenWishes(flags),
    leave: async () => player.stop(),
  });
}

/** A recorded lab is told again with its steps, as far as this kha-lab still has that lab. */
async function withSteps(head: readonly Observation[], feed: LabFeed, recording: string): Promise<LabFeed> {
  const [begun] = head;
  if (begun?.kind !== 'run' || begun.lab === undefined) return feed;
  try {
    const lang = typeof begun.flags?.lang === 'string' ? begun.flags.lang : '';
    const lab = await labIn(await readLab(await findLab(begun.lab)), lang);
    const predictor = createPredictor();
    const entered = new Map<string, number>();
    // Of a lab all that is played is at hand.
    for (const one of head)
      if (one.kind === 'step' && one.phase === 'entered' && !entered.has(one.step))
        entered.set(one.step, one.atMs);
    return retellLab({ lab, feed, recording, entered, predicted: predictor.now, expected: predictor.of });
  } catch (error) {
    if (error instanceof KhaError) return feed;
    throw error;
  }
}
