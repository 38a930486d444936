// How much slower or faster handovers became: the difference of medians with its interval, and whether chance alone explains it.
import type { Pair, Sides } from './runsides.ts';
import { type Summary, summarise } from './statistics.ts';
import { bootstrapTwo } from './statisticsbootstrap.ts';
import { compareMedians } from './statisticscompare.ts';
import { holm } from './statisticsfamily.ts';
import { medianOf } from './statisticsmedian.ts';

/** Fewer on either side say nothing: chance parts them as far too often. */
export const fewestRounds = 5;

/** Less often than this chance alone may part two sets that are said to differ. */
export const differenceLevel = 0.05;

export interface Effect {
  readonly pair: Pair;
  readonly before: Summary;
  readonly after: Summary;
  /** Median after minus median before; null where a side has none. */
  readonly differenceMs: number | null;
  /** Where the true difference lies, 95 %; null under two rounds on a side. */
  readonly intervalMs: { readonly low: number; readonly high: number } | null;
  /** The difference as a part of the median before: 0.1 is ten percent slower. */
  readonly slowerBy: number | null;
  /** How often chance alone parts medians as far, over all that is compared (Holm); null where too few. */
  readonly p: number | null;
  readonly verdict: 'slower' | 'faster' | 'noDifference' | 'tooFew';
}

/** @param seed of the drawn sets: the same seed gives the same intervals */
export function effectsOf({ pairs }: Sides, seed: number): readonly Effect[] {
  const enough = pairs.filter(isEnough);
  const tests = enough.map(({ before, after }) => compareMedians(before.valuesMs, after.valuesMs, { seed }));
  const judged = holm(
    tests.map((test) => test?.p ?? 1),
    differenceLevel,
  );
  return pairs.map((pair) => effectOf(pair, judged[enough.indexOf(pair)] ?? null, seed));
}

function isEnough({ before, after }: Pair): boolean {
  return Math.min(before.valuesMs.length, after.valuesMs.length) >= fewestRounds;
}

function effectOf(
  pair: Pair,
  judged: { readonly adjusted: number; readonly rejected: boolean } | null,
  seed: number,
): Effect {
  const [before, after] = [summarise(pair.before.valuesMs), summarise(pair.after.valuesMs)];
  const known = before.medianMs !== null && after.medianMs !== null;
  const differenceMs = known ? (after.medianMs ?? 0) - (before.medianMs ?? 0) : null;
  const slowerBy =
    differenceMs === null || (before.medianMs ?? 0) <= 0
      ? null
      : differenceMs / (before.medianMs ?? Number.NaN);
  const intervalMs = bootstrapTwo(
    pair.before.valuesMs,
    pair.after.valuesMs,
    (a, b) => median(b) - median(a),
    { seed },
  );
  const verdict =
    judged === null
      ? 'tooFew'
      : !judged.rejected || differenceMs === null || differenceMs === 0
        ? 'noDifference'
        : differenceMs > 0
          ? 'slower'
          : 'faster';
  return { pair, before, after, differenceMs, intervalMs, slowerBy, p: judged?.adjusted ?? null, verdict };
}

function median(values: readonly number[]): number {
  return medianOf([...values].sort((x, y) => x - y)) ?? Number.NaN;
}
