// Puts everything back and holds it against its snapshot; a master that cannot be reached does it by its own timer.
import type { UnitState } from '../components/unitstate.ts';
import { showUnits } from '../components/unitstate.ts';
import type { Finished, Host } from '../hosts/host.ts';
import { KhaError } from '../model/failure.ts';
import { sanitise } from '../model/sanitise.ts';
import type { Clock } from '../model/time.ts';
import { rulesArgv } from './faults/cut.ts';
import type { Step } from './faults/design.ts';
import { startArgv } from './faults/process.ts';
import { whys } from './faults/whys.ts';
import { type Tell, type TypingWish, typed } from './typed.ts';
import { pause } from './watch/witness.ts';
import { resetArgv } from './wayback.ts';

/** One master as it was before the fault, as far as the fault may change it. */
export interface Snapshot {
  readonly master: string;
  readonly units: readonly UnitState[];
  /** The firewall's rules on what leaves it; left out where the fault does not touch them. */
  readonly rules?: string;
}

export interface Restoring {
  readonly host: (master: string) => Host;
  readonly undo: readonly Step[];
  /** The one of them that was typed already and ended well: not typed again while all else goes well. */
  readonly done?: Step | null;
  readonly snapshots: readonly Snapshot[];
  /** The woken leader, which exits by itself before it can be started; null where nobody was woken. */
  readonly woken: Woken | null;
  readonly clock: Clock;
  readonly tell: Tell;
  /** Called with each unit that was started again. */
  readonly onStarted?: (master: string, unit: string, ran: Finished) => void;
  /** How long to go on trying: past the moment at which the masters' own timers have done it. */
  readonly tryForMs: number;
}

export interface Woken {
  readonly master: string;
  readonly unit: string;
  readonly pid: number | null;
  readonly withinMs: number;
}

const againAfterMs = 1_000;
/** An API server closes its watches before it stops, and is ready some seconds after it starts. */
export const slowUnitMs = 90_000;

/** Never rejects for what hosts do: null when all is as it was; else what differs, or why it is not known. */
export async function restore(restoring: Restoring): Promise<string | null> {
  const { clock, tryForMs } = restoring;
  const untilMs = clock() + tryForMs;
  let undo = restoring.undo.filter((step) => step !== restoring.done);
  for (;;) {
    const problem = await tryOnce(restoring, undo);
    if (problem === null || clock() > untilMs) return problem;
    // Whatever went wrong may have undone what was done: everything is taken again.
    undo = [...restoring.undo];
    await pause(againAfterMs, new AbortController().signal);
  }
}

async function tryOnce(restoring: Restoring, undo: readonly Step[]): Promise<string | null> {
  try {
    for (const step of undo) {
      const problem = await takeStep(restoring, step);
      if (problem !== null) return problem;
    }
    if (restoring.woken !== null) await exited(restoring, restoring.woken);
    for (const snapshot of restoring.snapshots) {
      const problem = await putBack(restoring, snapshot);
      if (problem !== null) return problem;
    }
    return null;
  } catch (error) {
    if (error instanceof KhaError) return error.message;
    throw error;
  }
}

/** One that did not lose the lock while it slept goes on, and is as it was. */
async function exited({ host, clock }: Restoring, { master, unit, pid, withinMs }: Woken): Promise<void> {
  const untilMs = clock() + withinMs;
  while (clock() < untilMs) {
    const [now] = await showUnits(host(master), [unit]);
    if (now?.pid !== pid || now?.active !== 'active') return;
    await pause(againAfterMs, new AbortController().signal);
  }
}

async function takeStep({ host: hostOf, tell }: Restoring, step: Step): Promise<string | null> {
  const host = hostOf(step.on);
  await host.connect();
  const { code, stderr } = await typed(host, step, { why: step.why, tell, timeoutMs: slowUnitMs });
  if (code === 0 || step.mayFail) return null;
  return sanitise(stderr.trim()) || `${step.argv.join(' ')} ended with ${code}`;
}

async function putBack(restoring: Restoring, { master, units, rules }: Snapshot): Promise<string | null> {
  const { tell, onStarted } = restoring;
  const host = restoring.host(master);
  await host.connect();
  for (const before of units) {
    const [found] = await showUnits(host, [before.id]);
    if (found?.active === before.active) continue;
    if (found?.active === 'failed')
      await typed(host, { argv: resetArgv(before.id) }, { why: whys.forgotten, tell });
    const start = { argv: startArgv(before.id) };
    const ran = await typed(host, start, { why: whys.putBack, tell, timeoutMs: slowUnitMs });
    if (ran.code !== 0) return sanitise(ran.stderr.trim()) || `systemctl start ended with ${ran.code}`;
    onStarted?.(master, before.id, ran);
  }
  return await differenceOn(host, { units, ...(rules !== undefined && { rules }) }, tell);
}

/** The first thing in which a master is not as it was; null when nothing is. */
export async function differenceOn(
  host: Host,
  { units, rules }: Pick<Snapshot, 'units' | 'rules'>,
  tell: Tell,
): Promise<string | null> {
  for (const before of units) {
    const [now] = await showUnits(host, [before.id]);
    const problem = now ? differenceFrom(before, now) : `${before.id} is gone`;
    if (problem !== null) return problem;
  }
  if (rules === undefined) return null;
  const now = await rulesOn(host, { why: whys.rulesHeld, tell });
  return now === rules ? null : `the firewall of ${host.name} has other rules than before`;
}

/** @throws KhaError where sudo refuses, or there is no iptables. */
export async function rulesOn(host: Host, wish: TypingWish): Promise<string> {
  const { stdout } = await typed(host, { argv: rulesArgv }, wish);
  return stdout.trim();
}

const held = ['active', 'sub', 'enabled', 'dropIns', 'restart', 'execStart'] as const;

/** The first thing in which a unit is not as it was; its pid and count of restarts may differ. */
export function differenceFrom(before: UnitState, now: UnitState): string | null {
  const differs = held.find((name) => before[name] !== now[name]);
  return differs
    ? sanitise(
        `${before.id} has ${differs} ${JSON.stringify(now[differs])}, before it was ${JSON.stringify(before[differs])}`,
      )
    : null;
}
