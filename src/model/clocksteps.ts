// Clocks that were set, or run faster than clocks do, while a run went on: where it shows, and when a time was written all the same.
import {
  bestSample,
  driftAllowance,
  type EpochMs,
  type Instant,
  instantOf,
  type OffsetSample,
  stepBetween,
} from './time.ts';

/** Two samples next to one another that no clock left to itself explains. */
export interface ClockStep {
  readonly earlier: OffsetSample;
  readonly later: OffsetSample;
  /** How far the host's clock moved against ours. */
  readonly ms: number;
  readonly errorMs: number;
}

/** @param samples of one host, in any order */
export function clockSteps(samples: readonly OffsetSample[]): readonly ClockStep[] {
  const inTime = [...samples].sort((a, b) => a.atMs - b.atMs);
  return inTime.slice(1).flatMap((later, index) => {
    const earlier = inTime[index];
    const step = earlier ? stepBetween(earlier, later) : null;
    return earlier && step ? [{ earlier, later, ...step }] : [];
  });
}

/** Twice what quartz does, per millisecond: a clock that runs away faster is worth a word, though its times can be corrected. */
const worthAWord = 1e-4;

/**
 * Whether a clock ran faster or slower than clocks do: by the best samples near both ends, so that one look at each is enough.
 * @param samples of one host in which there is no step, in any order
 */
export function clockDrift(samples: readonly OffsetSample[]): ClockStep | null {
  const inTime = [...samples].sort((a, b) => a.atMs - b.atMs);
  const third = Math.floor(inTime.length / 3);
  const earlier = bestSample(inTime.slice(0, third));
  const later = bestSample(inTime.slice(inTime.length - third).reverse());
  if (!earlier || !later) return null;
  const ms = later.offsetMs - earlier.offsetMs;
  const errorMs = earlier.errorMs + later.errorMs;
  const surely = (Math.abs(ms) - errorMs) / (later.atMs - earlier.atMs);
  return surely > worthAWord ? { earlier, later, ms, errorMs } : null;
}

interface Span {
  readonly low: EpochMs;
  readonly high: EpochMs;
}

/**
 * When a host's clock showed `hostMs`, on ours, from all its samples. Where its clock was set, a time may have been shown twice, or at any
 * moment between two samples: then everything that is possible lies within the error.
 */
export function instantAcross(samples: readonly OffsetSample[], hostMs: EpochMs): Instant {
  const steps = clockSteps(samples);
  if (steps.length === 0) return instantOf(samples, hostMs);
  const bounds = [Number.NEGATIVE_INFINITY, ...steps.map(({ later }) => later.atMs)];
  const between = bounds.flatMap((fromMs, index): readonly Span[] => {
    const toMs = bounds[index + 1] ?? Number.POSITIVE_INFINITY;
    const own = samples.filter(({ atMs }) => atMs >= fromMs && atMs < toMs);
    const { atMs, errorMs } = instantOf(own, hostMs);
    const last = Math.max(...own.map((one) => one.atMs));
    // Beyond its own first and last sample only where nothing contradicts: before all, and after all.
    return within(
      { low: atMs - errorMs, high: atMs + errorMs },
      { low: fromMs, high: toMs === Number.POSITIVE_INFINITY ? toMs : last },
    );
  });
  const during = steps.flatMap(({ earlier, later }) => {
    const slack = earlier.errorMs + later.errorMs + driftAllowance * (later.atMs - earlier.atMs);
    const [least, most] = [earlier.offsetMs, later.offsetMs].sort((a, b) => a - b) as [number, number];
    return within(
      { low: hostMs - most - slack, high: hostMs - least + slack },
      { low: earlier.atMs, high: later.atMs },
    );
  });
  const possible = [...between, ...during];
  if (possible.length === 0) return instantOf(samples, hostMs);
  const low = Math.min(...possible.map((one) => one.low));
  const high = Math.max(...possible.map((one) => one.high));
  return { atMs: (low + high) / 2, errorMs: (high - low) / 2 };
}

function within(one: Span, other: Span): readonly Span[] {
  const [low, high] = [Math.max(one.low, other.low), Math.min(one.high, other.high)];
  return low <= high ? [{ low, high }] : [];
}
