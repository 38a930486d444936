// Marks of whoever takes the lock over: when its lease on the old record ran out, when it acquired, its first work.
import { type Case, type LockSighting, markOf, notBefore, sinceFault } from './evidence.ts';
import { masterOfHolder } from './lock.ts';
import { writtenAt } from './lockinstant.ts';
import { isLook } from './looks.ts';
import { renewedBetween } from './oldleader.ts';
import type { Mark } from './round.ts';
import type { RunMs } from './time.ts';

/** The first other master to take the lock after the fault: by its own log line, else by the lock's change. */
export function acquiredMark(found: Case): Mark | null {
  const byLine = acquiredByLine(found);
  const byLock = acquiredByLock(found);
  if (byLine === null || byLock === null) return byLine ?? byLock;
  return byLine.host === byLock.host || byLine.atMs <= byLock.atMs ? byLine : byLock;
}

export function acquiredByLine({ begun, issued, logs }: Case): Mark | null {
  const line =
    issued &&
    logs.find((one) => one.event.is === 'acquired' && mayTake(begun, one.host) && notBefore(one, issued));
  return line ? markOf('acquired', line, 'log line') : null;
}

export function acquiredByLock({ begun, issued, locks, facts }: Case): Mark | null {
  if (issued === null) return null;
  const floorMs = issued.atMs - issued.errorMs;
  for (const [at, sighting] of sinceFault(locks, issued)) {
    const host = masterOfHolder(sighting.record?.holder ?? '', facts.masters);
    if (host === null || !mayTake(begun, host) || !isTaken(sighting, locks[at - 1])) continue;
    const sinceMs = Math.max(floorMs, locks[at - 1]?.atMs ?? floorMs);
    const written = writtenAt(sighting, { time: 'acquireTime', writer: host, sinceMs, floorMs }, facts);
    return markOf('acquired', { ...written, host }, written.witness);
  }
  return null;
}

/** Whose taking the lock ends the round: another's; where the old one is started again too, anybody's. */
function mayTake({ from, fault, restarts }: Case['begun'], host: string): boolean {
  return host !== from || fault === 'etcd' || restarts === true;
}

/** Taken, not renewed: another holder, or the same with another beginning. */
function isTaken({ record }: LockSighting, before: LockSighting | undefined): boolean {
  return record?.holder !== before?.record?.holder || record?.acquireTime !== before?.record?.acquireTime;
}

/** The standby's first look at the last renewal, plus its lease: before that it could not take the lock. */
export function leaseExpiredMark(
  found: Case,
  seen: { lastRenew: Mark | null; acquired: Mark | null },
): Mark | null {
  const { lastRenew, acquired } = seen;
  const { from, on = from, terms } = found.begun;
  // Where a standby was struck the leader goes on renewing, seen or not.
  if (lastRenew === null || (on !== from && acquired === null)) return null;
  const look = found.logs.find(
    (one) =>
      isLook(one) &&
      one.atMs > lastRenew.atMs &&
      (acquired === null ? one.host !== from : one.host === acquired.host),
  );
  if (look === undefined) return null;
  const atMs = look.atMs + terms.leaseDurationMs;
  const mark = markOf('leaseExpired', { ...look, atMs }, 'rules');
  if (renewedBetween(found, lastRenew, mark)) return null;
  // Lines are missing where the standby took the lock before: nothing is derived from what was not seen.
  return acquired !== null && mark.atMs - mark.errorMs > acquired.atMs + acquired.errorMs ? null : mark;
}

/** The newest look of each standby. */
export function lastLooks({ begun, logs }: Case): Readonly<Record<string, RunMs>> {
  const looks = logs.filter((one) => isLook(one) && one.host !== begun.from);
  return Object.fromEntries(looks.map(({ host, atMs }) => [host, atMs]));
}
