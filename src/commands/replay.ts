// kha-lab replay: a recording in the same screens, or as lines, or as it was recorded.
import { findLab } from '../lab/find.ts';
import { readLab } from '../lab/read.ts';
import { retellLab } from '../lab/retell.ts';
import { exits, KhaError } from '../model/failure.ts';
import type { LabFeed } from '../model/labplan.ts';
import type { Observation } from '../model/observation.ts';
import { readRecording } from '../recording/read.ts';
import { openScreens } from '../tui/open.tsx';
import type { CommonFlags } from './flags.ts';
import { printLines } from './lines.ts';
import { createPlayback } from './playback.ts';
import { createPredictor } from './prediction.ts';
import { hasTerminal, type Surroundings } from './surroundings.ts';

export interface ReplayFlags extends CommonFlags {
  readonly speed: number;
}

export async function replay(flags: ReplayFlags, surroundings: Surroundings, file = ''): Promise<number> {
  const { stdin, stdout, env, clock } = surroundings;
  if (flags.json || flags.plain || !hasTerminal(surroundings)) {
    const print = flags.json
      ? (observation: Observation) => void stdout.write(`${JSON.stringify(observation)}\n`)
      : printLines(surroundings.stdout);
    const say = (sentence: string) => void surroundings.stderr.write(`${sentence}\n`);
    for await (const observation of readRecording(file, say)) print(observation);
    return exits.good;
  }
  const tape: Observation[] = [];
  const noteCut = (sentence: string) => tape.push(missingEnd(tape, sentence));
  for await (const observation of readRecording(file, noteCut)) tape.push(observation);
  const player = createPlayback(tape, { clock, speed: flags.speed });
  await openScreens({
    feed: await withSteps(tape, player.feed, file),
    stdin,
    stdout,
    env,
    title: `replay ${file.split('/').at(-1)}`,
    ...(!flags.color && { color: false }),
    leave: async () => player.stop(),
  });
  return exits.good;
}

/** On the screens it stands where the end would. */
function missingEnd(tape: readonly Observation[], message: string): Observation {
  const { seq = -1, atMs = 0 } = tape.at(-1) ?? {};
  const tryThis = 'What is shown up to here is whole.';
  return {
    seq: seq + 1,
    atMs,
    errorMs: 0,
    host: null,
    kind: 'problem',
    code: 'recording-cut',
    message,
    tryThis,
  };
}

/** A recorded lab is told again with its steps, as far as this kha-lab still has that lab. */
async function withSteps(tape: readonly Observation[], feed: LabFeed, recording: string): Promise<LabFeed> {
  const [begun] = tape;
  if (begun?.kind !== 'run' || begun.lab === undefined) return feed;
  try {
    const lab = await readLab(await findLab(begun.lab));
    const predictor = createPredictor();
    return retellLab({ lab, feed, recording, predicted: predictor.now });
  } catch (error) {
    if (error instanceof KhaError) return feed;
    throw error;
  }
}
