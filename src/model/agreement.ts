// Whether measured handovers follow what the rules predict, in numbers and in plain words.
import { kolmogorov, shareUpTo } from './kolmogorov.ts';
import type { Prediction } from './prediction.ts';
import { alpha } from './statisticsfamily.ts';

export interface Measured {
  readonly ms: number;
  /** What was predicted for this one: terms and standbys may differ from round to round. */
  readonly quantile: Prediction['quantile'];
}

export interface RulesAgreement {
  readonly n: number;
  /** The Kolmogorov-Smirnov distance, 0..1. */
  readonly distance: number;
  /** How often handovers by the rules lie as far from them by chance, 0..1. */
  readonly p: number;
  /** p is below 0.001. */
  readonly rejected: boolean;
}

/** Fewer say nothing: five could lie anywhere. */
const fewest = 5;

/**
 * Each handover by its place in its own prediction: by the rules these places are spread evenly over 0..1. Null under five.
 */
export function agreementOf(measured: readonly Measured[]): RulesAgreement | null {
  if (measured.length < fewest) return null;
  const places = measured.map(({ ms, quantile }) => shareUpTo(quantile)(ms));
  const { distance, p } = kolmogorov(places, (place) => place);
  return { n: measured.length, distance, p, rejected: p < alpha };
}

/** @param held what the test says over a family of tests (Holm), where there are several */
export function agreementSentence(
  { n, distance, p, rejected }: RulesAgreement,
  held: { readonly rejected: boolean } = { rejected },
): string {
  const how = `(Kolmogorov-Smirnov: distance ${distance.toFixed(2)}, n = ${n})`;
  if (held.rejected)
    return `They do not follow the rules: by chance so great a distance comes ${shareInWords(p)} ${how}. Either the rules or the cluster are not what we think.`;
  return `They agree with the rules: by chance as great a distance or a greater comes ${shareInWords(p)} ${how}.`;
}

function shareInWords(p: number): string {
  if (p < alpha) return 'less than once in a thousand times';
  return p < 0.1 ? `in ${(p * 100).toFixed(1)} % of such sets` : `in ${Math.round(p * 100)} % of such sets`;
}
