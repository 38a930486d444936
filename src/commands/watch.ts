// kha-lab watch: who leads, the locks and the leader-election logs, live; changes nothing.
import { pause } from '../experiment/watch/witness.ts';
import { exits } from '../model/failure.ts';
import type { Observation } from '../model/observation.ts';
import { awaited, type Chosen, chooseMasters, wantsSandbox } from './choose.ts';
import type { ScreenFlags } from './flags.ts';
import { listenForInterrupts } from './interrupts.ts';
import { speakAsked } from './lablanguage.ts';
import { tellLeftovers } from './leftovers.ts';
import { printLines } from './lines.ts';
import { promptsFor } from './prompts.ts';
import { beginRecording, type Recording, recorded } from './recording.ts';
import { beginRun, type LiveRun } from './run.ts';
import { growingFeed, runOnScreens } from './screens.ts';
import { hasTerminal, type Surroundings } from './surroundings.ts';

export interface WatchFlags extends ScreenFlags {
  /** Milliseconds. */
  readonly for?: number;
  readonly record?: string;
}

export async function watch(flags: WatchFlags, surroundings: Surroundings): Promise<number> {
  tellLeftovers(surroundings);
  speakAsked(undefined, surroundings.env);
  const recording = beginRecording({ what: 'watch', record: flags.record ?? null }, surroundings);
  const screens = hasTerminal(surroundings) && !flags.json && !flags.plain;
  return recorded(recording, async () => {
    await (screens ? onScreens : inLines)(flags, surroundings, recording);
    return exits.good;
  });
}

/** The longest a timer can be set: nearly 25 days. */
const forEver = 2 ** 31 - 1;

async function inLines(flags: WatchFlags, surroundings: Surroundings, recording: Recording): Promise<void> {
  const interrupts = listenForInterrupts();
  recording.recorder.subscribe(flags.json ? printJson(surroundings) : printLines(surroundings.stdout));
  const chosen = await chooseMasters(flags, surroundings);
  try {
    const run = await start(flags, surroundings, { chosen, recording });
    await pause(flags.for ?? forEver, interrupts.first);
    await run.close();
    const bug = interrupts.bug();
    if (bug) throw bug.error;
  } finally {
    interrupts.stopListening();
    await chosen.close();
  }
}

async function onScreens(flags: WatchFlags, surroundings: Surroundings, recording: Recording): Promise<void> {
  let chosen: Chosen | null = null;
  let run: LiveRun | null = null;
  await runOnScreens({
    flags,
    surroundings,
    title: 'watch',
    feed: growingFeed(recording, awaited(flags, surroundings)),
    mayAsk: !wantsSandbox(flags, surroundings),
    async connect() {
      chosen = await chooseMasters(flags, surroundings);
      run = await start(flags, surroundings, { chosen, recording });
    },
    async end() {
      await run?.close();
      await chosen?.close();
    },
  });
}

function start(
  flags: WatchFlags,
  surroundings: Surroundings,
  { chosen: { inventory, target }, recording }: { readonly chosen: Chosen; readonly recording: Recording },
): Promise<LiveRun> {
  return beginRun(
    { what: 'watch', flags, inventory, target, prompts: promptsFor(flags, surroundings) },
    recording,
  );
}

function printJson({ stdout }: Surroundings): (observation: Observation) => void {
  return (observation) => {
    stdout.write(`${JSON.stringify(observation)}\n`);
  };
}
