// Instants on the observer's one clock, and what is known of each host's clock against it.

/** Milliseconds (with microseconds as fraction) since 1970 on the observer's monotonic clock, whose wall time was noted once. */
export type EpochMs = number;

/** Milliseconds since the start of the run, on the observer's clock. */
export type RunMs = number;

/** Reads the observer's clock. The pure core never calls one; edges are given one. */
export type Clock = () => EpochMs;

/** When something happened, give or take: the truth lies within `atMs ± errorMs`. */
export interface Instant {
  readonly atMs: EpochMs;
  readonly errorMs: number;
}

/** A host's clock minus ours at some moment, give or take. */
export interface Offset {
  readonly offsetMs: number;
  readonly errorMs: number;
}

/** One echo through a host's helper shell. */
export interface OffsetSample extends Offset {
  /** Observer's clock at the middle of the round trip. */
  readonly atMs: EpochMs;
  /** The host's clock minus ours. */
  readonly offsetMs: number;
  /** Half the round trip: the offset cannot be further off than this. */
  readonly errorMs: number;
}

/**
 * How far two clocks may run apart, per millisecond: 500 ppm, as fast as a kernel lets NTP slew its clock (adjtimex(2)). Quartz
 * by itself does a tenth of that; but a bar that allows for less is wrong where a clock is being slewed. What is faster shows
 * as a step.
 */
export const driftAllowance = 5e-4;

/** Half-width given to a clock that was never measured: a day, so that nobody takes its times for instants. */
export const unmeasuredMs = 86_400_000;

/** The sample of one echo: sent and received on our clock, `hostMs` on the host's in between, however lopsided the way. */
export function sampleOfEcho(echo: { sentMs: EpochMs; receivedMs: EpochMs; hostMs: EpochMs }): OffsetSample {
  const atMs = (echo.sentMs + echo.receivedMs) / 2;
  return { atMs, offsetMs: echo.hostMs - atMs, errorMs: (echo.receivedMs - echo.sentMs) / 2 };
}

/** The sample with the smallest error; null of none. */
export function bestSample(samples: readonly OffsetSample[]): OffsetSample | null {
  return samples.reduce<OffsetSample | null>(
    (best, sample) => (best === null || sample.errorMs < best.errorMs ? sample : best),
    null,
  );
}

/**
 * How far the host's clock moved between two samples beyond what their errors and drift explain (ms, later minus earlier,
 * give or take `errorMs`); null when it need not have been set at all.
 */
export function stepBetween(
  earlier: OffsetSample,
  later: OffsetSample,
): { ms: number; errorMs: number } | null {
  const ms = later.offsetMs - earlier.offsetMs;
  const errorMs = earlier.errorMs + later.errorMs + driftAllowance * Math.abs(later.atMs - earlier.atMs);
  return Math.abs(ms) > errorMs ? { ms, errorMs } : null;
}

/** When a host's clock showed `hostMs`, on ours. */
export function toObserver(hostMs: EpochMs, offset: Offset): Instant {
  return { atMs: hostMs - offset.offsetMs, errorMs: offset.errorMs };
}

/** A range of offsets, milliseconds. */
interface Range {
  readonly low: number;
  readonly high: number;
}

/**
 * The offset at a moment of our clock: what all samples leave possible when each is widened by drift on the way there.
 * Between two samples that only a step explains, all from the one to the other is possible. Without samples nothing is known, and the error is `unmeasuredMs`.
 */
export function offsetAt(samples: readonly OffsetSample[], atMs: EpochMs): Offset {
  const before = samples.filter((sample) => sample.atMs <= atMs).sort((a, b) => b.atMs - a.atMs);
  const after = samples.filter((sample) => sample.atMs > atMs).sort((a, b) => a.atMs - b.atMs);
  const known = joined(narrowed(before, atMs), narrowed(after, atMs));
  if (known === null) return { offsetMs: 0, errorMs: unmeasuredMs };
  return { offsetMs: (known.low + known.high) / 2, errorMs: (known.high - known.low) / 2 };
}

/** When a host's clock showed `hostMs`, on ours, from samples around it. */
export function instantOf(samples: readonly OffsetSample[], hostMs: EpochMs): Instant {
  const nearest = samples.reduce<OffsetSample | null>((best, sample) => {
    const away = (one: OffsetSample) => Math.abs(hostMs - one.offsetMs - one.atMs);
    return best === null || away(sample) < away(best) ? sample : best;
  }, null);
  if (nearest === null) return toObserver(hostMs, offsetAt(samples, hostMs));
  // Which moment it was is known only through the offset: once more from the better guess, and what is left of drift.
  const guessMs = hostMs - nearest.offsetMs;
  const offByMs =
    (nearest.errorMs + driftAllowance * Math.abs(guessMs - nearest.atMs)) / (1 - driftAllowance);
  const near = toObserver(hostMs, offsetAt(samples, guessMs));
  const { atMs, errorMs } = toObserver(hostMs, offsetAt(samples, near.atMs));
  return { atMs, errorMs: errorMs + driftAllowance * (near.errorMs + driftAllowance * offByMs) };
}

/**
 * The same moment, known to lie between two others of our own clock: for a command, its sending and its answer. Where the
 * host's clock says it did not, that was set since it was measured, and nothing else is known.
 */
export function heldBetween(
  { atMs, errorMs }: Instant,
  between: { readonly startedMs: EpochMs; readonly endedMs: EpochMs },
): Instant {
  const low = Math.max(atMs - errorMs, between.startedMs);
  const high = Math.min(atMs + errorMs, between.endedMs);
  const [from, to] = low <= high ? [low, high] : [between.startedMs, between.endedMs];
  return { atMs: (from + to) / 2, errorMs: (to - from) / 2 };
}

/** What samples on one side of a moment leave possible, nearest first, up to one that contradicts the nearer: a step lies there. */
function narrowed(samples: readonly OffsetSample[], atMs: EpochMs): Range | null {
  let range: Range | null = null;
  for (const sample of samples) {
    const error = sample.errorMs + driftAllowance * (Math.abs(sample.atMs - atMs) + sample.errorMs);
    const own: Range = { low: sample.offsetMs - error, high: sample.offsetMs + error };
    const next: Range | null = range === null ? own : overlap(range, own);
    if (next === null) break;
    range = next;
  }
  return range;
}

function joined(before: Range | null, after: Range | null): Range | null {
  if (before === null || after === null) return before ?? after;
  return (
    overlap(before, after) ?? {
      low: Math.min(before.low, after.low),
      high: Math.max(before.high, after.high),
    }
  );
}

function overlap(a: Range, b: Range): Range | null {
  const low = Math.max(a.low, b.low);
  const high = Math.min(a.high, b.high);
  return low <= high ? { low, high } : null;
}
