// kha-lab failover: stops the leader, times the handover, puts everything back; as often as asked.
import { randomInt } from 'node:crypto';
import { type FaultKind, faultOf, longestHoldMs, longestReturnMs } from '../experiment/faults.ts';
import { holdTooLong, restartsWithoutKill } from '../experiment/refusals.ts';
import type { RoundOutcome } from '../experiment/round.ts';
import { createRounds, type Manner, type Rounds } from '../experiment/rounds.ts';
import { type Exit, exits, gravest, KhaError } from '../model/failure.ts';
import type { ComponentName } from '../model/lock.ts';
import { writeTime } from '../model/rfc3339.ts';
import type { PublishedRun } from '../publish/published.ts';
import { awaited, type Chosen, chooseMasters, wantsSandbox } from './choose.ts';
import { consent, faultDeed } from './consent.ts';
import type { ScreenFlags } from './flags.ts';
import { listenForInterrupts } from './interrupts.ts';
import { speakAsked } from './lablanguage.ts';
import { offerRecovery, tellLeftovers } from './leftovers.ts';
import { printLines } from './lines.ts';
import { promptsFor } from './prompts.ts';
import { expectPlaces, type LeavingFlags, leaveFailure, leaveFiles } from './publishing.ts';
import { beginRecording, type Recording, recorded } from './recording.ts';
import { printResult, type Result, resultOf } from './result.ts';
import { failuresOf } from './roundfailures.ts';
import { beginRun, type LiveRun } from './run.ts';
import type { SandboxShape } from './sandboxflags.ts';
import { growingFeed, pendingFolder, runOnScreens } from './screens.ts';
import { hasTerminal, type Surroundings } from './surroundings.ts';

export interface FailoverFlags extends ScreenFlags, SandboxShape, LeavingFlags {
  readonly component: ComponentName;
  readonly fault: string;
  readonly on: string;
  /** Milliseconds. */
  readonly hold?: number;
  readonly letRestart?: boolean;
  readonly runs: number;
  /** Milliseconds. */
  readonly maxHandover?: number;
  readonly record?: string;
  readonly seed?: number;
  readonly allowNotEnabled?: boolean;
  readonly canary: boolean;
  /** Milliseconds. */
  readonly canaryEvery: number;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly lock: 'endpoints' | 'leases';
  /** Who sits here, in a class. */
  readonly seat?: string;
}

interface Experiment {
  readonly flags: FailoverFlags;
  readonly fault: FaultKind;
  readonly surroundings: Surroundings;
  readonly recording: Recording;
  readonly outcomes: RoundOutcome[];
}

export async function failover(flags: FailoverFlags, surroundings: Surroundings): Promise<number> {
  const fault = faultOf(flags.fault);
  if ((flags.hold ?? 0) > longestHoldMs)
    throw holdTooLong({ longestMs: longestHoldMs, returnMs: longestReturnMs });
  if (flags.letRestart && fault !== 'kill') throw restartsWithoutKill(fault);
  expectPlaces(flags);
  if (flags.dryRun) tellLeftovers(surroundings);
  else await offerRecovery(flags, surroundings);
  if (!wantsSandbox(flags, surroundings) && !flags.dryRun)
    await consent([faultDeed(fault, flags.component)], flags, surroundings);
  // A dry run leaves no trace, here or there.
  const record = flags.dryRun ? null : flags.record;
  const recording = beginRecording({ what: 'failover', record, seat: flags.seat }, surroundings);
  const experiment: Experiment = { flags, fault, surroundings, recording, outcomes: [] };
  const screens = hasTerminal(surroundings) && !flags.json && !flags.plain && !flags.dryRun && !flags.quiet;
  try {
    return await recorded(recording, () => (screens ? onScreens(experiment) : inLines(experiment)));
  } catch (error) {
    if (error instanceof KhaError && experiment.outcomes.length === 0 && !flags.dryRun)
      leaveFailure(flags, { ...publishedOf(experiment), failure: error.message });
    throw error;
  }
}

async function inLines(experiment: Experiment): Promise<Exit> {
  const { flags, surroundings, recording } = experiment;
  const { stdout, stderr } = surroundings;
  const interrupts = listenForInterrupts(() => stderr.write('Interrupted: putting everything back first.\n'));
  const quiet = flags.quiet || flags.dryRun;
  const stopLines = quiet ? () => {} : recording.recorder.subscribe(printLines(flags.json ? stderr : stdout));
  let failure: unknown = null;
  const chosen = await chooseMasters(flags, surroundings);
  try {
    const run = await start(experiment, chosen);
    try {
      const rounds = roundsOf(experiment, run);
      if (flags.dryRun) return await printPlan(experiment, rounds);
      await runAll(experiment, rounds, { leave: interrupts.first, hurry: interrupts.second });
    } finally {
      await run.close();
    }
  } catch (error) {
    if (!(error instanceof KhaError) || experiment.outcomes.length === 0) throw error;
    failure = error;
  } finally {
    await chosen.close();
    interrupts.stopListening();
    stopLines();
  }
  const bug = interrupts.bug();
  // What is not restored is graver than a bug of ours, and says what to type.
  if (bug && experiment.outcomes.every(({ notRestored: what }) => what === null)) throw bug.error;
  return finish(experiment, { failure, interrupted: interrupts.first.aborted });
}

async function onScreens(experiment: Experiment): Promise<Exit> {
  const { flags, surroundings, recording } = experiment;
  const hurry = new AbortController();
  let chosen: Chosen | null = null;
  let run: LiveRun | null = null;
  let over = false;
  let failure: unknown = null;
  speakAsked(undefined, surroundings.env);
  const feed = growingFeed(recording, awaited(flags, surroundings));
  const screens = runOnScreens({
    flags,
    surroundings,
    title: `failover ${flags.component}`,
    feed,
    mayAsk: !wantsSandbox(flags, surroundings),
    async connect() {
      chosen = await chooseMasters(flags, surroundings);
      run = await start(experiment, chosen);
    },
    async begin(leaving) {
      if (!run) return;
      await runAll(experiment, roundsOf(experiment, run), { leave: leaving, hurry: hurry.signal });
      over = !leaving.aborted;
    },
    async end(hurried) {
      hurried.addEventListener('abort', () => hurry.abort());
      await run?.close();
      await chosen?.close();
    },
  });
  // What was measured before a later round failed is still worth telling.
  await screens.catch((error) => {
    if (!(error instanceof KhaError) || experiment.outcomes.length === 0) throw error;
    failure = error;
  });
  return finish(experiment, { failure, interrupted: failure === null && !over });
}

function start({ surroundings, recording, flags }: Experiment, chosen: Chosen): Promise<LiveRun> {
  const { inventory, target } = chosen;
  const prompts = promptsFor(flags, surroundings);
  const seat = flags.seat === undefined ? {} : { seat: flags.seat };
  return beginRun({ what: 'failover', ...seat, flags, inventory, target, prompts }, recording);
}

function roundsOf(
  { surroundings, recording, flags }: Experiment,
  { target, watching, called }: LiveRun,
): Rounds {
  const { recorder, stage, startedMs, clock } = recording;
  return createRounds({
    observe: recorder.observe,
    clock,
    target,
    watching,
    stage,
    startedMs,
    pendingFolder: pendingFolder(surroundings, { target: called }),
    seed: flags.seed ?? randomInt(2 ** 31),
    allowNotEnabled: Boolean(flags.allowNotEnabled),
    canaryEveryMs: flags.canary ? flags.canaryEvery : null,
  });
}

interface Until {
  readonly leave: AbortSignal;
  readonly hurry: AbortSignal;
}

async function runAll(
  { flags, fault, outcomes, recording }: Experiment,
  rounds: Rounds,
  until: Until,
): Promise<void> {
  const { component, runs } = flags;
  const wish = { component, fault, how: mannerOf(flags), signal: until.leave, hurry: until.hurry };
  while (outcomes.length < runs && !until.leave.aborted && recording.failure() === null) {
    const outcome = await rounds.run(wish);
    outcomes.push(outcome);
    // What is not as it was found must not be tried again on top.
    if (outcome.notRestored !== null || outcome.notSteady !== null) return;
  }
}

async function printPlan(
  { flags, fault, recording, surroundings }: Experiment,
  rounds: Rounds,
): Promise<Exit> {
  const { component } = flags;
  const known = await recording.stage.until(
    () => rounds.plan({ component, fault, how: mannerOf(flags) }) !== null,
    {
      withinMs: 20_000,
    },
  );
  const commands = known && rounds.plan({ component, fault, how: mannerOf(flags) });
  if (!commands) {
    throw new KhaError({
      code: 'no-leader',
      exit: exits.inconclusive,
      message: `Nobody among these masters leads ${component}, so there is nothing to stop.`,
      tryThis: 'Look at: kha-lab check',
    });
  }
  const { stdout } = surroundings;
  if (flags.json)
    stdout.write(`${JSON.stringify({ version: 1, dryRun: true, component, fault, commands })}\n`);
  for (const { host, text, why } of flags.json ? [] : commands)
    stdout.write(`on ${host}   ${text}\n    # ${why}\n`);
  return exits.good;
}

function mannerOf({ on, hold, letRestart }: FailoverFlags): Manner {
  return { on, holdMs: hold ?? 0, letRestart: Boolean(letRestart) };
}

interface Ending {
  readonly failure: unknown;
  readonly interrupted: boolean;
}

function resultIn({ flags, fault, outcomes, recording }: Experiment): Result {
  return resultOf(recording.stage.scene(), { ...flags, fault, outcomes, recording: recording.file });
}

function publishedOf(experiment: Experiment): PublishedRun {
  const { run } = experiment.recording.stage.scene();
  const { json } = resultIn(experiment);
  // A run that met nobody has not said yet where it was to be.
  const target = json.target || (experiment.flags.inventory ?? 'sandbox');
  const startedAt = run?.startedAt ?? writeTime(experiment.recording.startedMs);
  return { file: run && experiment.recording.file, startedAt, result: { ...json, target } };
}

function finish(experiment: Experiment, { failure, interrupted }: Ending): Exit {
  const { flags, outcomes, recording, surroundings } = experiment;
  recording.verify();
  const result = resultIn(experiment);
  const known = failure instanceof KhaError ? [failure] : [];
  const unwritten = recording.failure();
  const failures = [...outcomes.flatMap(failuresOf), ...known, ...(unwritten ? [unwritten] : [])];
  const codes: Exit[] = [...failures.map(({ exit }) => exit), result.exit];
  if (interrupted) codes.push(exits.interrupted);
  const exit = gravest(codes);
  printResult(surroundings, { flags, result, failures });
  leaveFiles(flags, publishedOf(experiment));
  return exit;
}
