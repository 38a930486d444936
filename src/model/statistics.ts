// Measured lengths summed up: how many, the median and how well it is known, the ends; quantiles only where there are enough.
import { type MedianInterval, medianInterval, medianOf } from './statisticsmedian.ts';
import { quantileOf } from './statisticsquantile.ts';

/** As `failover --json` gives it; without any value the lengths are null. */
export interface Summary {
  readonly n: number;
  readonly medianMs: number | null;
  readonly minMs: number | null;
  readonly maxMs: number | null;
  /** Every value, in the order measured. */
  readonly valuesMs: readonly number[];
  /** Where the true median lies; null under two values. */
  readonly medianInterval: MedianInterval | null;
  /** From 20 values on. */
  readonly p95Ms?: number;
  /** From 100 values on. */
  readonly p99Ms?: number;
}

export function summarise(valuesMs: readonly number[]): Summary {
  const sorted = [...valuesMs].sort((a, b) => a - b);
  const p95Ms = quantileOf(sorted, 0.95);
  const p99Ms = quantileOf(sorted, 0.99);
  return {
    n: sorted.length,
    medianMs: medianOf(sorted),
    minMs: sorted[0] ?? null,
    maxMs: sorted.at(-1) ?? null,
    valuesMs: [...valuesMs],
    medianInterval: medianInterval(sorted),
    ...(p95Ms === null ? {} : { p95Ms }),
    ...(p99Ms === null ? {} : { p99Ms }),
  };
}
