// How long a handover should take by the rules of leader election: the distribution, before any fault.
import { longestPollMs } from './electionrules.ts';
import { KhaError } from './failure.ts';
import type { ElectionTerms } from './observation.ts';
import { residualPoll, takenAfter } from './polling.ts';
import { type Prediction, prediction } from './prediction.ts';
import { type Random, seededRandom } from './random.ts';

export interface PredictionInputs {
  /** `releasesOnStop` does not decide here: `faultReleases` does. */
  readonly terms: ElectionTerms;
  /** How many candidates stand by; at least 1. */
  readonly standbys: number;
  /** The fault makes the leader empty the record before it goes (a clean stop of kube-scheduler ≥1.22). */
  readonly faultReleases: boolean;
  /** Default 200,000. */
  readonly rounds?: number;
  /** Default 1. The same seed gives the same prediction. */
  readonly seed?: number;
}

/** @throws KhaError when nobody stands by. */
export function predict(inputs: PredictionInputs): Prediction {
  const { terms, faultReleases, standbys } = inputs;
  const longest = longestPollMs(terms);
  const bounds = faultReleases
    ? { minMs: 0, maxMs: longest }
    : {
        minMs: Math.max(0, terms.leaseDurationMs - terms.retryPeriodMs),
        maxMs: terms.leaseDurationMs + 2 * longest,
      };
  const draws = drawAll(inputs, (random) => {
    const renewed = -random() * terms.retryPeriodMs;
    return least(standbys, () => {
      const look = residualPoll(terms, random);
      return faultReleases ? look : takenAfter(renewed + look, { terms, random, from: renewed + look });
    });
  });
  return prediction(draws, bounds);
}

/** As many draws as asked for, sorted. @throws KhaError when nobody stands by. */
export function drawAll(
  { standbys, rounds = 200_000, seed = 1 }: PredictionInputs,
  draw: (random: Random) => number,
) {
  if (standbys < 1)
    throw new KhaError({
      code: 'no-standby',
      exit: 3,
      message: 'No standby is there to take the lock over.',
      tryThis: 'Start the component on another master first.',
    });
  const random = seededRandom(seed);
  const draws = new Float64Array(rounds);
  for (let index = 0; index < rounds; index += 1) draws[index] = draw(random);
  return draws.sort();
}

/** The soonest of the standbys. */
export function least(standbys: number, draw: (index: number) => number): number {
  let soonest = Number.POSITIVE_INFINITY;
  for (let index = 0; index < standbys; index += 1) soonest = Math.min(soonest, draw(index));
  return soonest;
}
