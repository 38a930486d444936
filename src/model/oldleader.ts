// Marks of the leader the fault was put on: its last renewal, and how it stopped leading.
import { type Case, type LockSighting, markOf, notBefore, sinceFault } from './evidence.ts';
import { masterOfHolder } from './lock.ts';
import { writtenAt } from './lockinstant.ts';
import { isRenewal } from './looks.ts';
import type { Mark } from './round.ts';
import type { RunMs } from './time.ts';

/** The last time it renewed before it stopped or another took over: by its own log, else by the lock's record. */
export function lastRenewMark(
  found: Case,
  { until, released }: { readonly until: readonly (Mark | null)[]; readonly released: Mark | null },
): Mark | null {
  if (found.issued === null) return null;
  const endMs = Math.min(
    ...until.map((mark) => (mark === null ? Number.POSITIVE_INFINITY : mark.atMs + mark.errorMs)),
  );
  const { from, terms } = found.begun;
  const line = found.logs.findLast(
    (one) => one.host === from && isRenewal(one) && one.atMs <= endMs && !isReleaseOf(released, one),
  );
  const byLine = line ? markOf('lastRenew', line, 'log line') : null;
  const byLock = renewalsByLock(found).findLast(({ atMs, errorMs }) => atMs - errorMs <= endMs) ?? null;
  // A killed process takes its last lines with it, and the lock knows better: by about a period, not by how long a look takes.
  const missed =
    byLine !== null &&
    byLock !== null &&
    byLock.atMs - byLock.errorMs > byLine.atMs + terms.retryPeriodMs / 2;
  return byLine === null || missed ? byLock : byLine;
}

/** Whether it renewed once more after what was its last for the round, and before its lease was over: then it never was. */
export function renewedBetween(found: Case, lastRenew: Mark, expires: Mark): boolean {
  const { from, terms } = found.begun;
  // Its line and the lock's record tell of one renewal at slightly different times.
  const sinceMs = lastRenew.atMs + lastRenew.errorMs + terms.retryPeriodMs / 2;
  const isBetween = ({ atMs, errorMs }: { readonly atMs: RunMs; readonly errorMs: number }) =>
    atMs - errorMs > sinceMs && atMs + errorMs < expires.atMs - expires.errorMs;
  return (
    found.logs.some((one) => one.host === from && isRenewal(one) && isBetween(one)) ||
    renewalsByLock(found).some(isBetween)
  );
}

/** The request that emptied the record is written to the log like one that renews it. */
function isReleaseOf(released: Mark | null, { event, atMs, errorMs }: Case['logs'][number]): boolean {
  return event.is === 'request' && released !== null && atMs + errorMs >= released.atMs - released.errorMs;
}

function renewalsByLock({ begun, locks, facts }: Case): readonly Mark[] {
  return locks.flatMap((sighting, at) => {
    const host = masterOfHolder(sighting.record?.holder ?? '', facts.masters);
    if (host !== begun.from) return [];
    const sinceMs = locks[at - 1]?.atMs ?? sighting.atMs - begun.terms.retryPeriodMs;
    const written = writtenAt(sighting, { time: 'renewTime', writer: host, sinceMs }, facts);
    return [markOf('lastRenew', { ...written, host }, written.witness)];
  });
}

/** The record emptied by its holder on the way out, before anybody else took it. */
export function releasedMark({ begun, issued, locks, facts }: Case, acquired: Mark | null): Mark | null {
  const emptied = issued && sinceFault(locks, issued).find(([, one]) => isEmptied(one));
  if (!emptied) return null;
  const [at, sighting] = emptied;
  const floorMs = issued.atMs - issued.errorMs;
  const sinceMs = Math.max(floorMs, locks[at - 1]?.atMs ?? floorMs);
  const written = writtenAt(sighting, { time: 'renewTime', writer: begun.from, sinceMs, floorMs }, facts);
  const mark = markOf('released', { ...written, host: begun.from }, written.witness);
  // Emptied later, it is a frozen leader's parting gift to its successor, and no part of this handover.
  return acquired !== null && mark.atMs - mark.errorMs > acquired.atMs + acquired.errorMs ? null : mark;
}

function isEmptied({ record, change }: LockSighting): boolean {
  return change === 'changed' && record !== null && record.holder === '';
}

/** Its own word that it gave up or lost the lease. */
export function leaseLostMark({ begun, issued, logs }: Case): Mark | null {
  const line =
    issued &&
    logs.find(
      (one) =>
        (one.event.is === 'gaveUp' || one.event.is === 'lost') &&
        one.host === begun.from &&
        notBefore(one, issued),
    );
  return line ? markOf('leaseLost', line, 'log line') : null;
}

const endsProcess = new Set(['stop', 'kill']);

/** The process is gone: between the fault's two readings of the clock, or between two looks at the unit, whichever is closer. */
/** @param acquired A zombie is frozen, and alive, until its successor leads. */
export function instanceGoneMark(found: Case, acquired: Mark | null): Mark | null {
  const { begun, issued, faults, units } = found;
  if (issued === null) return null;
  const host = begun.on ?? begun.from;
  const effective = faults.find(({ phase }) => phase === 'effective');
  const byFault =
    effective && endsProcess.has(begun.fault)
      ? goneBetween(issued, effective, { host, witness: 'fault command' })
      : null;
  const pid = units.findLast((one) => one.atMs < issued.atMs && one.pid !== null)?.pid ?? null;
  const alive = ({ active, pid: now }: (typeof units)[number]) =>
    /^(?:active|reloading|deactivating)$/.test(active) && (pid === null || now === null || now === pid);
  const after = units.filter((one) => one.atMs > issued.atMs);
  const at = after.findIndex((one) => !alive(one));
  const gone = after[at];
  const frozen = begun.fault === 'zombie' && acquired !== null ? acquired : undefined;
  const since = gone && latest([issued, after[at - 1], spoke(found, gone), frozen]);
  const byUnit = gone && since ? goneBetween(since, gone, { host, witness: 'unit state' }) : null;
  if (byFault === null || byUnit === null) return byFault ?? byUnit;
  return byUnit.errorMs < byFault.errorMs ? byUnit : byFault;
}

/** Its last sign of life before it was seen gone: a renewal, or its own word that it gives up. */
function spoke({ begun, logs }: Case, gone: { readonly atMs: number }) {
  return logs.findLast(
    (one) =>
      one.host === (begun.on ?? begun.from) &&
      one.atMs <= gone.atMs &&
      (isRenewal(one) || one.event.is === 'gaveUp' || one.event.is === 'lost'),
  );
}

interface Instant {
  readonly atMs: number;
  readonly errorMs: number;
}

function latest(instants: readonly (Instant | undefined)[]): Instant | undefined {
  return instants.reduce((last, one) => (one && (!last || one.atMs > last.atMs) ? one : last), undefined);
}

function goneBetween(low: Instant, high: Instant, { host, witness }: Pick<Mark, 'host' | 'witness'>): Mark {
  const [from, to] = [low.atMs - low.errorMs, high.atMs + high.errorMs];
  return { name: 'instanceGone', atMs: (from + to) / 2, errorMs: (to - from) / 2, host, witness };
}
