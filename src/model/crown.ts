// The crown off its successor's head: a frozen leader that is stopped empties a record that is no longer its own (from 1.34).
import { type Case, sinceFault } from './evidence.ts';
import { masterOfHolder } from './lock.ts';
import { writtenAt } from './lockinstant.ts';
import type { Emptied, Mark } from './round.ts';

/** The first emptying of the lock after it was handed over, by the lock's own versions. Null when there was none. */
export function emptiedBy({ begun, issued, locks, facts }: Case, acquired: Mark | null): Emptied | null {
  if (issued === null || acquired === null || acquired.host === null) return null;
  const since = sinceFault(locks, issued);
  const taken = since.findIndex(
    ([, { record }]) => masterOfHolder(record?.holder ?? '', facts.masters) === acquired.host,
  );
  if (taken < 0) return null;
  const after = since.slice(taken + 1);
  const at = after.findIndex(([, { record, change }]) => change === 'changed' && record?.holder === '');
  const [place, sighting] = after[at] ?? [];
  if (place === undefined || sighting === undefined) return null;
  const sinceMs = locks[place - 1]?.atMs ?? acquired.atMs;
  const { atMs, errorMs } = writtenAt(
    sighting,
    { time: 'renewTime', writer: begun.from, sinceMs, floorMs: acquired.atMs - acquired.errorMs },
    facts,
  );
  const [, retaken] = after.slice(at + 1).find(([, { record }]) => (record?.holder ?? '') !== '') ?? [];
  return {
    atMs,
    errorMs,
    successor: acquired.host,
    retakenMs: retaken?.atMs ?? null,
    retakenBy: retaken ? masterOfHolder(retaken.record?.holder ?? '', facts.masters) : null,
  };
}
