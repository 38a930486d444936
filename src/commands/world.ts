// What a lab does to the world: the door of its engine to this run's masters.
import { faultOf, type PlannedCommand, theFault } from '../experiment/faults.ts';
import { createPods } from '../experiment/pods.ts';
import type { RoundOutcome } from '../experiment/round.ts';
import type { Rounds } from '../experiment/rounds.ts';
import { masterOf } from '../experiment/target.ts';
import { say } from '../experiment/watch/witness.ts';
import { roundOf, tryWays, type WaysWish } from '../experiment/ways/try.ts';
import type { Argv } from '../hosts/host.ts';
import type { LabWorld, WaysRequest } from '../lab/world.ts';
import { exits, KhaError } from '../model/failure.ts';
import { sanitiseLines } from '../model/sanitise.ts';
import { readableStored } from '../model/storedvalue.ts';
import type { Remembering } from './feed.ts';
import { createPredictor } from './prediction.ts';
import type { Recording } from './recording.ts';
import { failuresOf } from './roundfailures.ts';
import type { LiveRun } from './run.ts';

export interface WorldOptions {
  readonly run: LiveRun;
  readonly recording: Recording;
  readonly remembering: Remembering;
  readonly rounds: Rounds;
  readonly hurry: AbortSignal;
  /** Null for a sandbox of this run. */
  readonly pendingFolder: string | null;
}

/** Enough of a command's answer to read; the rest is one ssh away. */
const keptOutput = 16_000;

export function createWorld(options: WorldOptions): LabWorld {
  const { run, recording, remembering, rounds, hurry } = options;
  const { target } = run;
  const predictor = createPredictor();
  const { recorder, stage, clock } = recording;
  const speaker = { observe: recorder.observe, clock };
  const commandLine: LabWorld['commandLine'] = (master, argv, sudo) =>
    masterOf(target, master).host.commandLine(argv, { sudo });

  const type: LabWorld['run'] = async (master, argv, { sudo, why }) => {
    const text = commandLine(master, argv, sudo);
    const shared = { kind: 'command', text, why } as const;
    say(speaker, master, { ...shared, phase: 'shown', code: null, tookMs: null });
    const { code, stdout, stderr, startedMs, endedMs } = await masterOf(target, master).host.run(argv, {
      sudo,
    });
    const printed = readableStored(stdout + stderr).slice(0, keptOutput);
    const output = sanitiseLines(printed.trimEnd());
    say(speaker, master, { ...shared, phase: 'ran', code, tookMs: endedMs - startedMs, output });
    return { code, output };
  };
  const { startedMs } = recording;
  const { pendingFolder } = options;
  const asLogin = (master: string, argv: Argv, why: string) => type(master, argv, { sudo: false, why });
  const pods = createPods({ ...speaker, target, startedMs, pendingFolder, run: asLogin });

  return {
    masters: target.masters.map(({ name, host }) => ({ name, address: host.address })),
    rounds: () => stage.scene().timeline.rounds,
    predicted: (component) => predictor.now(stage.scene(), component),
    expected: (round) => predictor.of(stage.scene(), round),
    recording: recording.file,
    commandLine,
    planFault: ({ component, fault }) =>
      inOrder(rounds.plan({ component, fault: faultOf(fault) }), component),
    planWays: (request) => inOrder(rounds.plan(roundOf(recording, waysWish(request))), 'anything'),
    note: (seen) => say(speaker, null, seen),
    subscribe: remembering.subscribe,
    nowMs: recorder.nowMs,

    run: type,
    makePod: pods.make,
    removePod: pods.remove,
    putAway: pods.removeAll,

    async tryWays({ signal, ...request }) {
      settle(await tryWays({ ...speaker, ...run, stage, rounds }, { ...waysWish(request), signal, hurry }));
    },

    async fault({ component, fault, signal }) {
      const outcome = await rounds.run({ component, fault: faultOf(fault), signal, hurry });
      settle(outcome);
    },
  };
}

function inOrder(commands: readonly PlannedCommand[] | null, component: string) {
  // The fault itself first: it is what must be seen before it runs, however small the screen.
  if (commands)
    return [...commands].sort((a, b) => rank(a) - rank(b)).map(({ host, text }) => ({ host, text }));
  throw new KhaError({
    code: 'no-leader',
    exit: exits.inconclusive,
    message: `Nobody among these masters leads ${component} now.`,
    tryThis: 'Wait until one has taken the lock.',
  });
}

function settle(outcome: RoundOutcome): void {
  const [gravest] = failuresOf(outcome);
  if (gravest) throw gravest;
}

const never = new AbortController().signal;

/** As many clients as show how they are spread, asking as often as shows a gap of a second. */
function waysWish(request: WaysRequest): WaysWish {
  return { ...request, everyMs: 250, clients: 4, signal: never, hurry: never };
}

const rank = ({ why }: PlannedCommand) => (why === theFault ? 0 : 1);
