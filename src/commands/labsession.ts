// A lab's run on its masters: what the guided and the unattended one have in common. Heavy to load: hosts, cluster, checks.
import { randomInt } from 'node:crypto';
import { createRounds } from '../experiment/rounds.ts';
import { type LabEngine, openLab } from '../lab/engine.ts';
import type { Lab } from '../lab/format.ts';
import { fileProgress } from '../lab/progress.ts';
import { progressFile } from '../lab/progressplace.ts';
import { canaryEveryMs } from '../model/canarypace.ts';
import type { ChoosingFlags, Chosen } from './choose.ts';
import type { remember } from './feed.ts';
import type { ScreenFlags } from './flags.ts';
import { promptsFor } from './prompts.ts';
import type { Recording } from './recording.ts';
import { beginRun, type LiveRun } from './run.ts';
import { pendingFolder } from './screens.ts';
import type { Surroundings } from './surroundings.ts';
import { createWorld } from './world.ts';

export interface LabFlags extends ChoosingFlags, ScreenFlags {
  readonly auto?: boolean;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly fresh?: boolean;
  /** Only tell every step and its state. */
  readonly list?: boolean;
  /** Only forget how far somebody got. */
  readonly reset?: boolean;
  /** The step to begin at, whatever was done before. */
  readonly from?: string;
  /** Who sits here, in a class. */
  readonly seat?: string;
  /** Language of the lab's texts. */
  readonly lang?: string;
  readonly record?: string;
  /** A file for the outcome of `--auto` as JUnit XML. */
  readonly junit?: string;
}

export interface LabSession {
  readonly flags: LabFlags;
  readonly surroundings: Surroundings;
  readonly recording: Recording;
  readonly remembering: ReturnType<typeof remember>;
  readonly hurry: AbortController;
}

export interface OpenedLab {
  readonly run: LiveRun;
  readonly engine: LabEngine;
}

/** Connects to the masters and opens the lab on them. */
export async function startLab(
  session: LabSession,
  { lab, chosen }: { readonly lab: Lab; readonly chosen: Chosen },
): Promise<OpenedLab> {
  const { flags, surroundings, recording } = session;
  const { inventory, target } = chosen;
  const prompts = promptsFor(flags, surroundings);
  const seat = flags.seat === undefined ? {} : { seat: flags.seat };
  const run = await beginRun(
    { what: 'lab', lab: lab.name, ...seat, flags, inventory, target, prompts },
    recording,
  );
  try {
    return { run, engine: await open(session, { lab, run }) };
  } catch (error) {
    await run.close();
    throw error;
  }
}

async function open(
  { flags, surroundings, recording, remembering, hurry }: LabSession,
  { lab, run }: { readonly lab: Lab; readonly run: LiveRun },
): Promise<LabEngine> {
  const { recorder, stage, startedMs, clock } = recording;
  const pending = pendingFolder(surroundings, { target: run.called });
  const rounds = createRounds({
    observe: recorder.observe,
    clock,
    target: run.target,
    watching: run.watching,
    stage,
    startedMs,
    pendingFolder: pending,
    seed: randomInt(2 ** 31),
    allowNotEnabled: false,
    canaryEveryMs: canaryEveryMs.usual,
  });
  const world = createWorld({
    run,
    recording,
    remembering,
    rounds,
    hurry: hurry.signal,
    pendingFolder: pending,
  });
  const guided = !flags.auto && !flags.dryRun;
  const from = flags.from === undefined ? {} : { from: flags.from };
  if (!guided) return openLab({ lab, world, ...from });
  const progress = fileProgress(progressFile(lab.name, surroundings.env, flags.seat));
  return openLab({ lab, world, progress, resume: flags.fresh ? null : await progress.load(), ...from });
}
