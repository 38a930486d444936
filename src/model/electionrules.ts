// What differs between Kubernetes versions in how a component elects its leader.
import type { ElectionTerms } from './observation.ts';

/** The retry of a standby is stretched by up to this part of itself, drawn anew each time. */
export const jitterFactor = 1.2;

export interface ElectionRules {
  /** ≥1.30: a leader writes at once with the resourceVersion it knows, and reads only if that failed. */
  readonly fastPath: boolean;
  /** ≥1.14: a record without a holder is free at once. Before, its lease had to run out like any other. */
  readonly emptyHolderIsFree: boolean;
  /** ≥1.27: the record's own duration counts. Before, the looker's flag. */
  readonly recordDurationCounts: boolean;
  /**
   * `poll` (≤1.11): a round begins at the last success, tries each retry period and once at the deadline, and a
   * hanging request holds it up without end.
   * `deadline` (≥1.12): a round begins one retry period after the last success with a try at once, and the
   * deadline ends it even within a request.
   */
  readonly renewRound: 'poll' | 'deadline';
  /** What a leader does when told to stop: nothing (it just dies), PUT (1.20 to 1.33), or GET then PUT (≥1.34). */
  readonly release: 'never' | 'put' | 'getThenPut';
  /** How long one request may take, in milliseconds; null where it may hang for ever (≤1.11). */
  readonly requestLimitMs: (terms: ElectionTerms) => number | null;
}

/** Kubernetes 1.6, as the tutorial has it. */
export const rulesOf1_6: ElectionRules = {
  fastPath: false,
  emptyHolderIsFree: false,
  recordDurationCounts: false,
  renewRound: 'poll',
  release: 'never',
  requestLimitMs: () => null,
};

/** Kubernetes 1.34 to 1.36. Only kube-scheduler releases; `terms.releasesOnStop` says whether this candidate does. */
export const rulesOf1_36: ElectionRules = {
  fastPath: true,
  emptyHolderIsFree: true,
  recordDurationCounts: true,
  renewRound: 'deadline',
  release: 'getThenPut',
  requestLimitMs: (terms) => Math.max(1000, terms.renewDeadlineMs / 2),
};

/** How long a standby waits after a look; `draw` is uniform in 0..1. */
export function pollAfterMs(terms: ElectionTerms, draw: number): number {
  return terms.retryPeriodMs * (1 + jitterFactor * draw);
}

/** The longest a standby waits between two looks. */
export function longestPollMs(terms: ElectionTerms): number {
  return pollAfterMs(terms, 1);
}
