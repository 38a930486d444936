// The records a candidate writes, and when the one it saw has run out.

import type { Began, Candidate, ElectionState, Moment } from './electionturn.ts';
import type { LockRecord } from './lock.ts';
import { writeTime } from './rfc3339.ts';

export function expired({ terms, rules }: Candidate, { observed }: ElectionState, nowMs: number): boolean {
  if (!observed) return true;
  const own = Math.trunc(terms.leaseDurationMs / 1000);
  const seconds = rules.recordDurationCounts ? (observed.record.leaseDurationSeconds ?? 0) : own;
  return observed.atMs + seconds * 1000 <= nowMs;
}

export function firstRecord({ identity, terms }: Candidate, { wallMs }: Pick<Moment, 'wallMs'>): LockRecord {
  const now = writeTime(wallMs);
  const leaseDurationSeconds = Math.trunc(terms.leaseDurationMs / 1000);
  return { holder: identity, leaseDurationSeconds, acquireTime: now, renewTime: now, transitions: 0 };
}

export function renewal(
  candidate: Candidate,
  { acquireTime, transitions }: LockRecord,
  moment: Pick<Moment, 'wallMs'>,
): LockRecord {
  return { ...firstRecord(candidate, moment), acquireTime, transitions };
}

/** Over a record of nobody or somebody else: a new acquireTime, unless the try began as a leader's. */
export function taking(candidate: Candidate, { transitions }: LockRecord, began: Began): LockRecord {
  const { refused } = began;
  const mine = firstRecord(candidate, began);
  return {
    ...mine,
    acquireTime: refused ? refused.acquireTime : mine.acquireTime,
    transitions: (transitions ?? 0) + 1,
  };
}

/** Where there is no lock; a leader whose lock was deleted makes it again as it knew it. */
export function creating(candidate: Candidate, began: Began): LockRecord {
  return began.refused ? renewal(candidate, began.refused, began) : firstRecord(candidate, began);
}

/** Times are compared in whole seconds, as the real ones compare them: two renewals within one look the same. */
export function sameRecord(one: LockRecord, other: LockRecord): boolean {
  return (
    one.holder === other.holder &&
    one.leaseDurationSeconds === other.leaseDurationSeconds &&
    one.transitions === other.transitions &&
    one.acquireTime?.slice(0, 19) === other.acquireTime?.slice(0, 19) &&
    one.renewTime?.slice(0, 19) === other.renewTime?.slice(0, 19)
  );
}
