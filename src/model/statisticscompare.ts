// Whether two sets of measured values differ: by dealing all of them out anew, seeded, and counting who differs as much.
import { seededRandom } from './random.ts';
import { medianOf } from './statisticsmedian.ts';

export interface Comparison {
  /** Median of `b` minus median of `a`. */
  readonly differenceMs: number;
  /** How often chance alone makes medians differ at least as much, either way, 0..1; never 0, as this deal counts too. */
  readonly p: number;
}

export interface CompareWish {
  readonly seed: number;
  /** How many deals. Default 20,000. */
  readonly deals?: number;
}

/** A permutation test of two sets' medians; null when one of them is empty. */
export function compareMedians(
  a: readonly number[],
  b: readonly number[],
  { seed, deals = 20_000 }: CompareWish,
): Comparison | null {
  if (a.length === 0 || b.length === 0) return null;
  const apart = (all: readonly number[]) => median(all.slice(a.length)) - median(all.slice(0, a.length));
  const all = [...a, ...b];
  const differenceMs = apart(all);
  // What differs by less than a nanosecond differs by rounding.
  const least = Math.abs(differenceMs) - 1e-6;
  const random = seededRandom(seed);
  let asFar = 1;
  for (let deal = 0; deal < deals; deal += 1) {
    shuffle(all, random);
    if (Math.abs(apart(all)) >= least) asFar += 1;
  }
  return { differenceMs, p: asFar / (deals + 1) };
}

function median(values: readonly number[]): number {
  return medianOf([...values].sort((x, y) => x - y)) ?? Number.NaN;
}

function shuffle(values: number[], random: () => number): void {
  for (let last = values.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    const moved = values[last] ?? Number.NaN;
    values[last] = values[other] ?? Number.NaN;
    values[other] = moved;
  }
}
