// The median and its exact interval: two of the measured values that the true median lies between, whatever the distribution.

export interface MedianInterval {
  readonly lowMs: number;
  readonly highMs: number;
  /** How often such an interval holds the true median, 0..1: at least what was asked for, where there are enough values. */
  readonly coverage: number;
}

/** @param sorted ascending. Null of none. */
export function medianOf(sorted: readonly number[]): number | null {
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
}

/**
 * The narrowest pair of values, as far from either end, that holds the median with `level`; under six values all of them,
 * with what coverage that gives. Each value lies above the true median as a coin falls, so the coverage is binomial and exact.
 * @param sorted ascending. Null under two values.
 */
export function medianInterval(sorted: readonly number[], level = 0.95): MedianInterval | null {
  const n = sorted.length;
  if (n < 2) return null;
  let coverage = 1 - 2 * 0.5 ** n;
  let dropped = 0;
  // The chance of exactly `count` values below the median, as a logarithm: half to the power of thousands is no number.
  let logChance = n * Math.log(0.5);
  for (let count = 1; count < n / 2; count += 1) {
    logChance += Math.log((n - count + 1) / count);
    const narrower = coverage - 2 * Math.exp(logChance);
    if (narrower < level || count >= n - 1 - count) break;
    coverage = narrower;
    dropped = count;
  }
  const [lowMs, highMs] = [sorted[dropped], sorted[n - 1 - dropped]];
  return lowMs === undefined || highMs === undefined ? null : { lowMs, highMs, coverage };
}
