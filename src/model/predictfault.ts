// What each fault does to a handover by the rules: whether the lock is given back, from when to count, when the old leader gives up.
import { longestPollMs } from './electionrules.ts';
import type { FaultKind } from './faultkind.ts';
import type { ElectionTerms } from './observation.ts';
import { residualPoll, takenAfter } from './polling.ts';
import { drawAll, least, type PredictionInputs, predict } from './predict.ts';
import { later, type Prediction, prediction } from './prediction.ts';
import type { Round } from './round.ts';

export interface FaultPredictionInputs {
  readonly fault: FaultKind;
  /** Of the leader the fault is put on; `releasesOnStop` says whether its component gives the lock back in its version. */
  readonly terms: ElectionTerms;
  /** How many candidates stand by; at least 1. */
  readonly standbys: number;
  /** Default 200,000. */
  readonly rounds?: number;
  /** Default 1. The same seed gives the same prediction. */
  readonly seed?: number;
}

/** From when a handover's time counts: without a store nobody can take the lock, however long that lasts. */
export type CountsFrom = 'fault' | 'storeBack';

export interface FaultPrediction {
  readonly prediction: Prediction;
  /** The record is emptied on the way out. */
  readonly releases: boolean;
  readonly from: CountsFrom;
  /**
   * When an old leader that lives on gives up, in milliseconds from the fault (`cut`, `apiserver`, `etcd`) or from its waking
   * (`freeze`), from 1.12 on; null when it does not live on, or, a zombie, is stopped as it wakes.
   */
  readonly leaderGivesUpMs: { readonly minMs: number; readonly maxMs: number } | null;
}

/**
 * The distribution by the rules for this fault. Only a stop can release: a leader cut off from its API server gives up as well, but its
 * release goes the same dead way as its renewals. @throws KhaError when nobody stands by.
 */
export function predictionFor(inputs: FaultPredictionInputs): FaultPrediction {
  const { fault, terms } = inputs;
  const releases = releasesBy(fault, terms);
  const asked = { ...inputs, faultReleases: releases };
  return {
    prediction: fault === 'etcd' ? storeBack(asked) : predict(asked),
    releases,
    from: fault === 'etcd' ? 'storeBack' : 'fault',
    leaderGivesUpMs: givesUp(fault, terms),
  };
}

/**
 * From the store's return to the first leader, after it was gone for longer than lease, renew deadline and a restart together. A standby
 * that had seen the last renewal before the store went takes the lock at its first look, for its lease ran out meanwhile. To one that had
 * not, the record is new: it waits a whole lease from that look, and so does the old leader, which systemd restarted under a new name.
 * (Up to 1.9 that one keeps its name, and takes its own lock back at its first look.)
 */
function storeBack(inputs: PredictionInputs): Prediction {
  const { terms, standbys } = inputs;
  const draws = drawAll(inputs, (random) => {
    const renewedAgo = random() * terms.retryPeriodMs;
    return least(standbys + 1, (index) => {
      const restarted = index === standbys;
      const sawRenewal = !restarted && residualPoll(terms, random) < renewedAgo;
      const look = residualPoll(terms, random);
      return sawRenewal ? look : takenAfter(look, { terms, random, from: look });
    });
  });
  return prediction(draws, { minMs: 0, maxMs: terms.leaseDurationMs + 2 * longestPollMs(terms) });
}

/**
 * The distribution as this round counts, from its fault. Null while the store it took away is not back, and where a standby was
 * struck: no handover is expected then.
 */
export function expectedOf(
  { prediction, from }: FaultPrediction,
  round: Pick<Round, 'marks' | 'from' | 'on'>,
): Prediction | null {
  if (round.on !== undefined && round.on !== round.from) return null;
  return from === 'storeBack' ? sinceStoreBack(prediction, round) : prediction;
}

/** What `etcd` predicts, as this round counts: from its fault. Null until its store is back. */
export function sinceStoreBack(prediction: Prediction, { marks }: Pick<Round, 'marks'>): Prediction | null {
  const at = (name: string) => marks.find((mark) => mark.name === name)?.atMs;
  const [issuedMs, backMs] = [at('faultIssued'), at('faultEnded')];
  return issuedMs === undefined || backMs === undefined ? null : later(prediction, backMs - issuedMs);
}

/** Whether the leader empties the record as it goes: a clean stop, and a component that does so in its version. */
export function releasesBy(fault: string, terms: ElectionTerms): boolean {
  return fault === 'stop' && terms.releasesOnStop === true;
}

/** A round of renewing begins one retry period after the last renewal and lasts for the renew deadline. */
function givesUp(
  fault: FaultKind,
  { renewDeadlineMs, retryPeriodMs }: ElectionTerms,
): FaultPrediction['leaderGivesUpMs'] {
  switch (fault) {
    case 'apiserver':
    case 'cut':
    case 'etcd':
      return { minMs: renewDeadlineMs, maxMs: renewDeadlineMs + retryPeriodMs };
    case 'freeze':
      // A round under way ran out while it was frozen: then it goes at once.
      return { minMs: 0, maxMs: renewDeadlineMs + retryPeriodMs };
    default:
      return null;
  }
}
