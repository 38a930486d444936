// When standbys look at the lock: chance draws of their polling.
import { longestPollMs, pollAfterMs } from './electionrules.ts';
import type { ElectionTerms } from './observation.ts';
import type { Random } from './random.ts';

/** The wait from any moment to a standby's next look: long gaps are met more often than short ones. */
export function residualPoll(terms: ElectionTerms, random: Random): number {
  for (;;) {
    const gap = pollAfterMs(terms, random());
    if (random() * longestPollMs(terms) <= gap) return gap * random();
  }
}

/** A gap that has already lasted `lasted`. */
export function pollBeyond(terms: ElectionTerms, random: Random, lasted: number): number {
  const least = Math.max(terms.retryPeriodMs, lasted);
  return least + random() * Math.max(0, longestPollMs(terms) - least);
}

/** The first look, from `from` on, at which the lease that began to run at `first` has run out. */
export function takenAfter(
  first: number,
  { terms, random, from }: { readonly terms: ElectionTerms; readonly random: Random; readonly from: number },
): number {
  let look = from;
  while (look < first + terms.leaseDurationMs) look += pollAfterMs(terms, random());
  return look;
}
