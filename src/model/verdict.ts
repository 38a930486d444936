// Whether a round was good: another master took the lock, in time where a limit was given.
import type { Round } from './round.ts';
import { errorInWords, lengthInWords } from './sentences.ts';

export interface Verdict {
  readonly verdict: 'passed' | 'failed' | 'inconclusive';
  /** One sentence; null when it passed. */
  readonly why: string | null;
}

export interface Limits {
  /** The longest handover that is good; null for any. */
  readonly maxHandoverMs: number | null;
  /** The longest the rules allow; null where they are not known. */
  readonly longestMs: number | null;
}

export function verdictOf(round: Round, { maxHandoverMs, longestMs }: Limits): Verdict {
  const { handover, doubts } = round;
  const unmoved = withoutHandover(round);
  if (unmoved !== null) return unmoved;
  if (handover === null) return notHandedOver(round, longestMs);
  if (doubts?.[0] !== undefined) return { verdict: 'inconclusive', why: doubts[0] };
  if (maxHandoverMs === null || handover.ms + handover.errorMs <= maxHandoverMs)
    return { verdict: 'passed', why: null };
  const took = `The handover took ${lengthInWords(handover.ms)} ± ${errorInWords(handover.errorMs)}`;
  const limit = lengthInWords(maxHandoverMs);
  if (handover.ms - handover.errorMs > maxHandoverMs) {
    return { verdict: 'failed', why: `${took}, more than the ${limit} allowed.` };
  }
  return { verdict: 'inconclusive', why: `${took}, too close to the ${limit} allowed to be judged.` };
}

/** Rounds that are right without one: a standby was struck, or the leader for a moment, or the killed leader came back. */
function withoutHandover({ on, from, to, cameBack, marks }: Round): Verdict | null {
  const at = (name: string) => marks.find((mark) => mark.name === name)?.atMs;
  const [issuedMs, acquiredMs] = [at('faultIssued'), at('acquired')];
  if (issuedMs === undefined) return null;
  if (cameBack && acquiredMs !== undefined) {
    const why = `No handover: ${from} was started again and took its own lock back after ${lengthInWords(acquiredMs - issuedMs)}.`;
    return { verdict: 'passed', why };
  }
  if (on === undefined) return null;
  if (on === from) {
    // What its leader leans on was away for a while: a handover is one as any other then.
    return to === null
      ? { verdict: 'passed', why: `No handover: ${from} was struck for too short a time to lose the lock.` }
      : null;
  }
  return to === null
    ? { verdict: 'passed', why: `No handover: ${on} only stood by, and ${from} kept the lock.` }
    : { verdict: 'failed', why: `${to} took the lock, though only ${on}, which stood by, was struck.` };
}

function notHandedOver(round: Round, longestMs: number | null): Verdict {
  const at = (name: string) => round.marks.find((mark) => mark.name === name)?.atMs;
  const issuedMs = at('faultIssued');
  if (issuedMs === undefined) return { verdict: 'inconclusive', why: 'No fault was issued.' };
  // One that ended by itself did so unseen, and before all was found as it was.
  const lastedMs = (at('faultEnded') ?? at('restored') ?? Number.NaN) - issuedMs;
  if (longestMs !== null && lastedMs > longestMs) {
    const why = `Nobody took the lock in ${lengthInWords(lastedMs)}, though the rules allow ${lengthInWords(longestMs)} at most.`;
    return { verdict: 'failed', why };
  }
  return { verdict: 'inconclusive', why: 'Nobody was seen taking the lock while it was watched.' };
}
