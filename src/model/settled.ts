// A round of which nothing more is seen: what was still to come when it was last read did not come to pass.
import type { Round } from './round.ts';
import type { RunMs } from './time.ts';

/**
 * While a round goes on, the end of the standby's lease is told before it comes. Where the round was over sooner it is no mark.
 * @param lastMs when the last was seen of it
 */
export function settled(round: Round, lastMs: RunMs): Round {
  if (round.marks.some(({ name }) => name === 'acquired')) return round;
  const marks = round.marks.filter(({ name, atMs }) => name !== 'leaseExpired' || atMs <= lastMs);
  return marks.length === round.marks.length ? round : { ...round, marks };
}
