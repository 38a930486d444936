// The fault itself: issued by one command that notes the host's clock, then watched until it has done its work.
import type { Host, Timed } from '../../hosts/host.ts';
import type { Scene } from '../../model/scene.ts';
import type { EpochMs } from '../../model/time.ts';
import { heldBetween, instantOf } from '../../model/time.ts';
import { untilFirstWork } from '../canarywaits.ts';
import type { Step } from '../faults/design.ts';
import { longestHandoverMs } from '../faults.ts';
import { faultFailed } from '../refusals.ts';
import { slowUnitMs } from '../restore.ts';
import { unsteady } from '../steady.ts';
import { masterOf } from '../target.ts';
import { typedTimed } from '../typed.ts';
import { pause } from '../watch/witness.ts';
import { notSteady } from './prepare.ts';
import type { RoundRequest, Scheduled } from './request.ts';
import { handedOver, lateLinesMs, retakenSeen, telling, tellStep, untilOwnLine } from './telling.ts';

/**
 * Which part of what a command takes that does nothing had gone by when it began: the kernel's notes of such rounds lie in the
 * first quarter, as a command ends, and the clock is read again, only after it began. The error reaches to the last.
 */
const beganAfter = 1 / 4;
/** A state that was steady a moment ago is so again within it, or is not. */
const stillSteadyPeriods = 5;
/** A successor that lost its crown takes it back at its next renewal. */
const retakingMs = 8_000;
/** A fault on a standby moves no lock; so long is watched that it does not. */
const periodsUnmoved = 3;

/**
 * @param issued called right before the fault's command is sent: until then nothing is ours to put back
 * @throws KhaError `not-steady` where the leader is another by now, `fault-failed`
 */
export async function faultAndWatch(
  request: RoundRequest,
  scheduled: Scheduled,
  issued: () => void,
): Promise<void> {
  const { watching, stage, component, fault, clock, startedMs, signal, holdMs } = request;
  const { leader, design, terms } = scheduled;
  // Since the state was found steady time went by: the way back was armed on every master.
  const look = (now: Scene) => unsteady(now, { component, nowMs: clock() - startedMs });
  const withinMs = stillSteadyPeriods * terms.retryPeriodMs;
  const scene = await stage.until((now) => look(now).length === 0, { withinMs, signal });
  if (signal.aborted) return;
  if (scene === null) throw notSteady(look(stage.scene())[0]?.what ?? `${leader.name} renews late`);
  if (scene.locks[component]?.master !== leader.name)
    throw notSteady(`${leader.name} leads ${component} no more`);
  const beginsMs = await beginningOn(design.on.host);
  issued();
  for (const step of design.prepare) await take(request, step);
  const { name, host } = design.on;
  const sinceMs = clock();
  const ran = await run(request, { on: name, argv: design.issue, why: `fault ${fault}` });
  const at = (hostMs: EpochMs) => heldBetween(instantOf(watching.offsets(name), hostMs), ran);
  const noted = at(ran.hostBeforeMs + beginsMs * beganAfter);
  tellStep(
    request,
    name,
    { phase: 'issued' },
    { ...noted, errorMs: noted.errorMs + beginsMs * (1 - beganAfter) },
  );
  if (ran.code !== 0) throw faultFailed(name, host.commandLine(design.issue, { sudo: true }), ran);
  tellStep(request, name, { phase: 'effective' }, at(ran.hostAfterMs));
  const tellUnits = watching.lookAtUnits(name).catch(() => {});
  if (!request.holdOnly) await itsWork(request, scheduled);
  await pause(Math.max(0, sinceMs + holdMs - clock()), signal);
  await tellUnits;
  await watching.measureClocks().catch(() => {});
}

/** Milliseconds from the clock that is noted to a command's first instruction, at most: what one takes that does nothing. */
async function beginningOn(host: Host): Promise<number> {
  const { hostBeforeMs, hostAfterMs } = await host.runTimed(['true']);
  // A clock that is set back meanwhile tells nothing.
  return Math.max(0, hostAfterMs - hostBeforeMs);
}

async function itsWork(request: RoundRequest, { leader, design, terms }: Scheduled): Promise<void> {
  const { stage, signal } = request;
  if (design.lastsMs !== null) return await pause(design.lastsMs, signal);
  if (design.on.name !== leader.name) return await pause(periodsUnmoved * terms.retryPeriodMs, signal);
  const longestMs = longestHandoverMs(terms) + lateLinesMs;
  if (!(await stage.until(handedOver(request), { withinMs: longestMs, signal }))) return;
  await untilOwnLine(request, signal);
  await untilFirstWork(request, signal);
  if (design.parting.length === 0 || signal.aborted) return;
  // The record must be the successor's own by now, or there is nothing of it to empty.
  await pause(terms.retryPeriodMs, signal);
  for (const step of design.parting) await take(request, step);
  await stage.until(retakenSeen(request), { withinMs: retakingMs, signal });
}

async function take(request: RoundRequest, step: Step): Promise<void> {
  const ran = await run(request, step);
  const { host } = masterOf(request.target, step.on);
  if (ran.code !== 0 && !step.mayFail)
    throw faultFailed(step.on, host.commandLine(step.argv, { sudo: true }), ran);
}

/** A command of the fault, or the one that ends it: as the host's own clock had it. */
export function run(request: RoundRequest, step: Step): Promise<Timed> {
  const { host } = masterOf(request.target, step.on);
  return typedTimed(host, step, { why: step.why, tell: telling(request), timeoutMs: slowUnitMs });
}
