// kha-lab ways: one API server is stopped and put back, and clients that ask through every way in say what they felt.
import { randomInt } from 'node:crypto';
import { longestHoldMs, longestReturnMs } from '../experiment/faults.ts';
import { holdTooLong } from '../experiment/refusals.ts';
import type { RoundOutcome } from '../experiment/round.ts';
import { createRounds, type Rounds } from '../experiment/rounds.ts';
import { roundOf, tryWays, type WaysWish } from '../experiment/ways/try.ts';
import { type Exit, exits, gravest, KhaError } from '../model/failure.ts';
import { waysJson, waysLines } from '../model/waysJson.ts';
import { version } from '../version.ts';
import { chooseMasters, wantsSandbox } from './choose.ts';
import { consent, faultDeed } from './consent.ts';
import type { CommonFlags } from './flags.ts';
import { listenForInterrupts } from './interrupts.ts';
import { offerRecovery, tellLeftovers } from './leftovers.ts';
import { printLines } from './lines.ts';
import { promptsFor } from './prompts.ts';
import { beginRecording, type Recording, recorded } from './recording.ts';
import { failuresOf } from './roundfailures.ts';
import { beginRun, type LiveRun } from './run.ts';
import type { SandboxShape } from './sandboxflags.ts';
import { pendingFolder } from './screens.ts';
import type { Surroundings } from './surroundings.ts';

export interface WaysFlags extends CommonFlags, SandboxShape {
  /** A master; the last one when left out. */
  readonly on?: string;
  /** Milliseconds. */
  readonly hold: number;
  readonly kill?: boolean;
  readonly clients: number;
  /** Milliseconds. */
  readonly every: number;
  readonly record?: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly lock: 'endpoints' | 'leases';
}

export async function ways(flags: WaysFlags, surroundings: Surroundings): Promise<number> {
  if (flags.hold > longestHoldMs) throw holdTooLong({ longestMs: longestHoldMs, returnMs: longestReturnMs });
  if (flags.dryRun) tellLeftovers(surroundings);
  else await offerRecovery(flags, surroundings);
  if (!wantsSandbox(flags, surroundings) && !flags.dryRun)
    await consent([faultDeed('apiserver', 'a client')], flags, surroundings);
  const record = flags.dryRun ? null : flags.record;
  const recording = beginRecording({ what: 'ways', record }, surroundings);
  return recorded(recording, () => inLines(flags, surroundings, recording));
}

async function inLines(flags: WaysFlags, surroundings: Surroundings, recording: Recording): Promise<Exit> {
  const { stdout, stderr } = surroundings;
  const interrupts = listenForInterrupts(() => stderr.write('Interrupted: putting everything back first.\n'));
  const quiet = flags.quiet || flags.dryRun;
  const stopLines = quiet ? () => {} : recording.recorder.subscribe(printLines(flags.json ? stderr : stdout));
  const chosen = await chooseMasters(flags, surroundings);
  let outcome: RoundOutcome | null = null;
  try {
    const { inventory, target } = chosen;
    const run = await beginRun(
      { what: 'ways', inventory, target, prompts: promptsFor(flags, surroundings) },
      recording,
    );
    try {
      const parts = { ...recording, observe: recording.recorder.observe, ...run };
      const rounds = roundsOf(surroundings, recording, run);
      const wish = wishOf(flags, run, { signal: interrupts.first, hurry: interrupts.second });
      await recording.stage.until(({ locks }) => Object.values(locks).some(({ master }) => master !== null), {
        withinMs: 20_000,
        signal: interrupts.first,
      });
      if (flags.dryRun) return printPlan(flags, surroundings, rounds.plan(roundOf(recording, wish)));
      outcome = await tryWays({ ...parts, rounds }, wish);
    } finally {
      await run.close();
    }
  } finally {
    await chosen.close();
    interrupts.stopListening();
    stopLines();
  }
  const bug = interrupts.bug();
  if (bug && outcome.notRestored === null) throw bug.error;
  return finish(flags, surroundings, { recording, outcome, interrupted: interrupts.first.aborted });
}

function roundsOf(surroundings: Surroundings, recording: Recording, run: LiveRun): Rounds {
  const { recorder, stage, startedMs, clock } = recording;
  return createRounds({
    observe: recorder.observe,
    clock,
    target: run.target,
    watching: run.watching,
    stage,
    startedMs,
    pendingFolder: pendingFolder(surroundings, { target: run.called }),
    seed: randomInt(2 ** 31),
    allowNotEnabled: false,
    canaryEveryMs: null,
  });
}

function wishOf(
  { on, hold, kill, every, clients }: WaysFlags,
  { target: { masters } }: LiveRun,
  until: Pick<WaysWish, 'signal' | 'hurry'>,
): WaysWish {
  const names = masters.map(({ name }) => name);
  const name = on ?? names.at(-1) ?? '';
  if (!names.includes(name)) {
    throw new KhaError({
      code: 'no-such-master',
      exit: exits.usage,
      message: `There is no master ${JSON.stringify(name)}.`,
      tryThis: `Use one of: ${names.join(', ')}.`,
    });
  }
  return { on: name, holdMs: hold, killed: Boolean(kill), everyMs: every, clients, ...until };
}

function printPlan(
  { json }: WaysFlags,
  { stdout }: Surroundings,
  commands: ReturnType<Rounds['plan']>,
): Exit {
  if (!commands) {
    throw new KhaError({
      code: 'no-leader',
      exit: exits.inconclusive,
      message: 'Nobody among these masters leads, so no API server may be stopped.',
      tryThis: 'Look at: kha-lab check',
    });
  }
  if (json) stdout.write(`${JSON.stringify({ version: 1, dryRun: true, commands })}\n`);
  else for (const { host, text, why } of commands) stdout.write(`on ${host}   ${text}\n    # ${why}\n`);
  return exits.good;
}

interface Ending {
  readonly recording: Recording;
  readonly outcome: RoundOutcome;
  readonly interrupted: boolean;
}

function finish(
  flags: WaysFlags,
  { stdout, stderr }: Surroundings,
  { recording, outcome, interrupted }: Ending,
): Exit {
  const { ways: seen, run } = recording.stage.scene();
  const result = seen && waysJson(seen);
  if (flags.json) {
    const { file } = recording;
    const head = { version: 1, tool: `kha-lab ${version}`, target: run?.target ?? null, recording: file };
    const how = { killed: Boolean(flags.kill), holdMs: flags.hold };
    const end = { restored: outcome.notRestored === null, steady: outcome.notSteady === null };
    stdout.write(`${JSON.stringify({ ...head, ...how, ...result, ...end })}\n`);
  } else if (result) for (const line of waysLines(result)) stdout.write(`${line}\n`);
  const failures = failuresOf(outcome);
  for (const { message, tryThis } of failures) stderr.write(`${message} ${tryThis}\n`);
  const codes: Exit[] = [exits.good, ...failures.map(({ exit }) => exit)];
  if (interrupted) codes.push(exits.interrupted);
  return gravest(codes);
}
