// Predictions by the rules, each drawn once: rounds of the same fault, terms and standbys share one.
import { type FaultKind, faultKinds } from './faultkind.ts';
import type { ElectionTerms } from './observation.ts';
import { type FaultPrediction, predictionFor } from './predictfault.ts';

export interface PredictionWish {
  /** As recorded; null is the answer for one the rules say nothing of. */
  readonly fault: string;
  readonly terms: ElectionTerms;
  readonly standbys: number;
}

/** Null where nobody stands by, or nothing is known of such a fault. */
export type Predictions = (wish: PredictionWish) => FaultPrediction | null;

/** @param rounds how many to draw; 20,000 take some 20 ms */
export function rememberedPredictions(rounds = 20_000): Predictions {
  const known = new Map<string, FaultPrediction>();
  return ({ fault, terms, standbys }) => {
    const kind = faultKinds.find((one): one is FaultKind => one === fault);
    if (kind === undefined || standbys < 1) return null;
    const key = JSON.stringify([kind, terms, standbys]);
    const found = known.get(key) ?? predictionFor({ fault: kind, terms, standbys, rounds });
    known.set(key, found);
    return found;
  };
}
