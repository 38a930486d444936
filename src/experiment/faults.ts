// Which faults there are, how long they may last, and everything that a round types, in its order.
import { exits, KhaError } from '../model/failure.ts';
import { type FaultKind, faultKinds } from '../model/faultkind.ts';
import type { ElectionTerms } from '../model/observation.ts';
import { designCut, rulesArgv } from './faults/cut.ts';
import type { FaultDesign, FaultGround, Step } from './faults/design.ts';
import { designFreeze, designKill, designStop, designZombie, startArgv } from './faults/process.ts';
import { designApiserver, designEtcd } from './faults/servers.ts';
import { theFault, whys, whysIfNeeded } from './faults/whys.ts';
import { noUnitFor } from './refusals.ts';
import type { TargetMaster } from './target.ts';
import { typedText } from './typed.ts';
import { armArgv, disarmArgv, resetArgv, wayBackArgv } from './wayback.ts';

export { type FaultKind, faultKinds, theFault };

/** @throws KhaError `unknown-fault` (exit 2) */
export function faultOf(name: string): FaultKind {
  const found = faultKinds.find((kind) => kind === name);
  if (found) return found;
  throw new KhaError({
    code: 'unknown-fault',
    exit: exits.usage,
    message: `There is no fault ${JSON.stringify(name)}.`,
    tryThis: `Use one of: ${faultKinds.join(', ')}.`,
  });
}

const designs: Readonly<Record<FaultKind, (ground: FaultGround, unit: string) => FaultDesign>> = {
  stop: designStop,
  kill: designKill,
  freeze: designFreeze,
  zombie: designZombie,
  apiserver: designApiserver,
  cut: designCut,
  etcd: designEtcd,
};

/** @throws KhaError `no-unit` (exit 3) where the master has no unit that this fault is done to. */
export function designFault(ground: FaultGround): FaultDesign {
  const { fault, component, instance, on } = ground;
  const done = fault === 'apiserver' ? 'kube-apiserver' : fault === 'etcd' ? 'etcd' : component;
  const unit = instance(on.name, done)?.unit;
  if (unit === undefined) throw noUnitFor(fault, done, on.name);
  return designs[fault](ground, unit);
}

/** Longest a handover may take by the rules: the lease, and two looks of a standby at their longest. */
export function longestHandoverMs({ leaseDurationMs, retryPeriodMs }: ElectionTerms): number {
  return leaseDurationMs + 2 * 2.2 * retryPeriodMs;
}

/** After the longest handover a run still waits for late lines and puts things back; the timer leaves it that time. */
const restoringMs = 36_000;
/** No fault lasts longer, whatever is asked: the masters end it by themselves. */
export const longestReturnMs = 300_000;

/** The longest that `--hold` may ask for, in milliseconds. */
export const longestHoldMs = longestReturnMs - restoringMs;

export interface Lasting {
  readonly terms: ElectionTerms;
  /** How long the fault is to last at least; 0 when nothing is asked. */
  readonly holdMs?: number;
}

/** When the masters put things back by themselves, in whole seconds after the arming. */
export function returnAfterSeconds({ terms, holdMs = 0 }: Lasting): number {
  return Math.ceil((Math.max(longestHandoverMs(terms), holdMs) + restoringMs) / 1000);
}

export interface PlannedCommand {
  readonly host: string;
  readonly text: string;
  readonly why: string;
}

export interface FaultPlan {
  readonly design: FaultDesign;
  readonly masters: readonly TargetMaster[];
  readonly afterSeconds: number;
  readonly description: string;
}

/** Every command of one round, in order, the way back included, exactly as it will be typed. */
export function plannedCommands(plan: FaultPlan): readonly PlannedCommand[] {
  return plannedSteps(plan).map((step) => {
    const host = plan.masters.find(({ name }) => name === step.on)?.host;
    return { host: step.on, text: host ? typedText(host, step) : step.argv.join(' '), why: step.why };
  });
}

/** The same as words. */
export function plannedSteps({ design, masters, afterSeconds, description }: FaultPlan): readonly Step[] {
  const look = (why: string): readonly Step[] =>
    design.firewall ? [{ on: design.on.name, argv: rulesArgv, why }] : [];
  return [
    ...look(whys.rules),
    ...masters.map(({ name }) => {
      const command = wayBackArgv(design, name);
      return { on: name, argv: armArgv({ afterSeconds, command, description }), why: whys.armed };
    }),
    ...design.prepare,
    { on: design.on.name, argv: design.issue, why: theFault },
    ...design.parting,
    ...design.undo,
    ...design.touched.flatMap(({ master, units }) => units.flatMap((unit) => starting(design, master, unit))),
    ...look(whys.rulesHeld),
    ...masters.map(({ name }) => ({ on: name, argv: disarmArgv, why: whys.disarmed })),
    ...look(whys.rulesHeld),
  ];
}

/** What starts a unit again; `restore` types of it what is needed. */
function starting({ fails, overOnce }: FaultDesign, on: string, unit: string): readonly Step[] {
  const forget = { on, argv: resetArgv(unit), why: (fails === 'always' ? whys : whysIfNeeded).forgotten };
  const start = { on, argv: startArgv(unit), why: (overOnce === 'started' ? whys : whysIfNeeded).putBack };
  return fails === 'never' ? [start] : [forget, start];
}
