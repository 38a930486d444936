// Quantiles of measured values, only where as many values carry them.

/** So many values there must be for one to lie beyond: 20 for 95 %, 100 for 99 %. */
export function valuesNeeded(q: number): number {
  return Math.round(1 / Math.min(q, 1 - q));
}

/** The least value that a part `q` (0..1, ends excluded) of all do not pass; null where too few carry it. @param sorted ascending */
export function quantileOf(sorted: readonly number[], q: number): number | null {
  if (sorted.length < valuesNeeded(q)) return null;
  // 0.95 times 20 is a hair more than 19 in floating point.
  return sorted[Math.ceil(q * sorted.length - 1e-9) - 1] ?? null;
}
