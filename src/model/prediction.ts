// A distribution of handover times: bounds, quantiles, histogram.

/** Milliseconds from the fault to another candidate's hold of the lock, without the time requests take. */
export interface Prediction {
  /** Closed bounds: no handover the rules allow lies outside. */
  readonly minMs: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly maxMs: number;
  readonly meanMs: number;
  /** @param q 0..1 */
  quantile(q: number): number;
  /** `n` bins of equal width from the least to the greatest draw. */
  histogram(n: number): readonly HistogramBin[];
}

export interface HistogramBin {
  readonly fromMs: number;
  readonly toMs: number;
  /** Part of all draws, 0..1. */
  readonly share: number;
}

/** @param draws sorted; the bounds are the closed ones of the rules. */
export function prediction(
  draws: Float64Array,
  { minMs, maxMs }: { readonly minMs: number; readonly maxMs: number },
): Prediction {
  const quantile = (q: number) =>
    draws[Math.min(draws.length - 1, Math.max(0, Math.floor(q * draws.length)))] ?? 0;
  const meanMs = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
  return {
    minMs,
    maxMs,
    meanMs,
    p50Ms: quantile(0.5),
    p95Ms: quantile(0.95),
    quantile,
    histogram: (n) => histogram(draws, n),
  };
}

/** The same, counted from a moment that lies `byMs` earlier. */
export function later(of: Prediction, byMs: number): Prediction {
  return {
    minMs: of.minMs + byMs,
    p50Ms: of.p50Ms + byMs,
    p95Ms: of.p95Ms + byMs,
    maxMs: of.maxMs + byMs,
    meanMs: of.meanMs + byMs,
    quantile: (q) => of.quantile(q) + byMs,
    histogram: (n) =>
      of.histogram(n).map(({ fromMs, toMs, share }) => ({
        fromMs: fromMs + byMs,
        toMs: toMs + byMs,
        share,
      })),
  };
}

function histogram(draws: Float64Array, n: number): readonly HistogramBin[] {
  const from = draws.at(0) ?? 0;
  const width = ((draws.at(-1) ?? 0) - from) / n;
  const counts = new Array<number>(n).fill(0);
  for (const draw of draws) {
    const bin = width === 0 ? 0 : Math.min(n - 1, Math.floor((draw - from) / width));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts.map((count, bin) => ({
    fromMs: from + bin * width,
    toMs: from + (bin + 1) * width,
    share: count / draws.length,
  }));
}
