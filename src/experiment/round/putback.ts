// The way back of a round: undone, held against the snapshot, disarmed, and steady again.
import { KhaError } from '../../model/failure.ts';
import type { Scene } from '../../model/scene.ts';
import { untilDrained, untilFirstWork } from '../canarywaits.ts';
import { returnAfterSeconds } from '../faults.ts';
import { clearPending, giveUpPending, type Pending } from '../pending.ts';
import { differenceOn, restore } from '../restore.ts';
import { unsteady } from '../steady.ts';
import { masterOf, type TargetMaster } from '../target.ts';
import { say } from '../watch/witness.ts';
import { disarmedBy, returnUnit } from '../wayback.ts';
import { faultEnd } from './faultend.ts';
import { steadyWithinMs } from './prepare.ts';
import type { RoundOutcome, RoundRequest, Scheduled } from './request.ts';
import { asksInVain, type StandingBy, seenStandingBy, tellsLooks } from './standingby.ts';
import { handedOver, lateLinesMs, telling, tellStep, untilOwnLine } from './telling.ts';

/** What a round has to give back. */
export interface Taken {
  readonly pending: Pending & { readonly description: string };
  /** Masters on which our timer is, or may be. */
  readonly armed: TargetMaster[];
  /** Set right before the fault's first command is sent: until then nothing is ours to touch. */
  issued: boolean;
}

/** A connection that was lost comes back within it, or the master is gone. */
const disarmWithinMs = 20_000;
/** What started against an API server that was closing down can hang on it for 90 s before it looks again. */
const steadyAfterServersMs = 150_000;

export async function putBack(
  request: RoundRequest,
  scheduled: Scheduled,
  taken: Taken,
): Promise<RoundOutcome> {
  const { component, fault, round, pendingFolder } = request;
  const { leader, terms } = scheduled;
  const { pending, issued } = taken;
  const notRestored =
    (issued ? await takeBack(request, scheduled) : null) ?? (await disarmAll(request, taken));
  if (notRestored === null) {
    if (pendingFolder !== null) clearPending(pendingFolder, pending.id);
    tellStep(request, null, { phase: 'disarmed' });
  } else if (pendingFolder !== null) {
    // This process may live on, in a lab: `recover` must not wait for its end.
    giveUpPending(pendingFolder, pending);
  }
  // Where nothing was done nothing has to settle: who was refused is told at once.
  const unquiet = issued ? await steadyAgain(request, scheduled) : null;
  if (issued) {
    await lateLeader(request, scheduled);
    await untilDrained(request, request.hurry);
  }
  say(request, null, { kind: 'round', round, phase: 'ended', component, fault, from: leader.name, terms });
  return { notRestored, notSteady: unquiet };
}

/**
 * Where the store was gone, the first leader comes only after the way back: its line, its first work and its clock are
 * waited for here. Up to 1.9 an old leader that takes its own lock back changes nothing in the record but its renewals:
 * its line alone tells.
 */
async function lateLeader(request: RoundRequest, { design }: Scheduled): Promise<void> {
  const { watching, hurry } = request;
  if (design.lastsMs === null || hurry.aborted) return;
  await untilOwnLine(request, hurry);
  await untilFirstWork(request, hurry);
  await watching.measureClocks().catch(() => {});
}

async function takeBack(request: RoundRequest, scheduled: Scheduled): Promise<string | null> {
  const { clock, target, stage, holdMs } = request;
  const { design, terms, snapshots } = scheduled;
  const { name } = design.on;
  const end = faultEnd(request, scheduled);
  const done = await end.undoFirst();
  const before = snapshots.find(({ master }) => master === name)?.units[0];
  const wakes = design.exitsWithinMs > 0 && before !== undefined && handedOver(request)(stage.scene());
  const problem = await restore({
    host: (master) => masterOf(target, master).host,
    undo: design.undo,
    done,
    snapshots,
    woken: wakes ? { master: name, unit: before.id, pid: before.pid, withinMs: design.exitsWithinMs } : null,
    clock,
    tell: telling(request),
    onStarted: (master, unit, ran) => {
      if (master === name && unit === design.unit) end.started(ran);
    },
    tryForMs: returnAfterSeconds({ terms, holdMs }) * 1000 + 15_000,
  });
  if (problem !== null) return problem;
  end.putBack();
  tellStep(request, name, { phase: 'restored' });
  return null;
}

async function disarmAll(
  request: RoundRequest,
  { armed, pending: { description } }: Taken,
): Promise<string | null> {
  const { clock } = request;
  const untilMs = clock() + disarmWithinMs;
  const stillArmed = await Promise.all(
    armed.map(async ({ name, host }) => {
      const done = await disarmedBy(host, { description, clock, untilMs, tell: telling(request) });
      return done ? [] : [name];
    }),
  );
  const [first] = stillArmed.flat();
  return first === undefined ? null : `the timer ${returnUnit} is still armed on ${first}`;
}

/** Steady, the faulted instance standing by, and still as before. */
async function steadyAgain(request: RoundRequest, { design, snapshots }: Scheduled): Promise<string | null> {
  const { stage, watching, component, clock, startedMs, hurry, target } = request;
  const { name } = design.on;
  const asked = { master: name, component, sinceMs: clock() - startedMs };
  const { sinceMs } = asked;
  const look = (scene: Scene) => unsteady(scene, { component, nowMs: clock() - startedMs, sinceMs });
  const { fault } = design;
  const withinMs = fault === 'apiserver' || fault === 'etcd' ? steadyAfterServersMs : steadyWithinMs;
  const wait = (holds: (scene: Scene) => boolean, ms = withinMs) =>
    stage.until((scene) => look(scene).length === 0 && holds(scene), { withinMs: ms, signal: hurry });
  const talkative = tellsLooks(stage.scene(), name, component);
  const seen = (scene: Scene) => seenStandingBy(scene, asked);
  const steady = talkative
    ? await wait(seen)
    : (await wait(() => true)) && ((await wait(seen, lateLinesMs)) ?? standbyUnseen(request, asked));
  if (!steady) {
    // What was seen of the units may be older than what was just done to them.
    await Promise.allSettled(target.masters.map((master) => watching.lookAtUnits(master.name)));
    return look(stage.scene())[0]?.what ?? `${component} on ${name} was not seen standing by`;
  }
  // One that was found well may still have gone since: a woken leader exits late, a server fails again.
  for (const snapshot of snapshots) {
    const { host } = masterOf(target, snapshot.master);
    const differs = await differenceOn(host, snapshot, telling(request)).catch((error) => {
      if (error instanceof KhaError) return error.message;
      throw error;
    });
    if (differs !== null) return differs;
  }
  return null;
}

/** A log that tells nothing is no proof that something is wrong: what is not known is said instead. */
function standbyUnseen(request: RoundRequest, asked: StandingBy): Scene | null {
  const scene = request.stage.scene();
  const { master, component } = asked;
  if (request.hurry.aborted || tellsLooks(scene, master, component) || asksInVain(scene, asked)) return null;
  say(request, null, {
    kind: 'problem',
    code: 'standby-unseen',
    message: `${component} on ${master} runs again; its log does not show whether it looks at the lock.`,
    tryThis: `A standby's looks are in its log from --v=4 on; whether its log can be read is told by kha-lab check.`,
  });
  return scene;
}
