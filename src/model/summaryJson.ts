// A summary as JSON has it: no length finer than a microsecond.
import { micros } from './failoverJson.ts';
import type { Summary } from './statistics.ts';

export function summaryJson(summary: Summary): Summary {
  const { medianMs, minMs, maxMs, valuesMs, medianInterval, p95Ms, p99Ms } = summary;
  const fine = (ms: number | null) => (ms === null ? null : micros(ms));
  return {
    n: summary.n,
    medianMs: fine(medianMs),
    minMs: fine(minMs),
    maxMs: fine(maxMs),
    valuesMs: valuesMs.map(micros),
    medianInterval: medianInterval && {
      ...medianInterval,
      lowMs: micros(medianInterval.lowMs),
      highMs: micros(medianInterval.highMs),
    },
    ...(p95Ms !== undefined && { p95Ms: micros(p95Ms) }),
    ...(p99Ms !== undefined && { p99Ms: micros(p99Ms) }),
  };
}
