// How well a number is known that was reckoned from measured values: by drawing sets anew from the values themselves, seeded.
import { seededRandom } from './random.ts';

export interface Bootstrapped {
  readonly low: number;
  readonly high: number;
}

export interface BootstrapWish {
  readonly seed: number;
  /** Part of the drawn sets between the ends. Default 0.95. */
  readonly level?: number;
  /** How many sets to draw. Default 10,000. */
  readonly sets?: number;
}

/** The percentile interval of `statistic`; null under two values, which tell nothing of how they vary. */
export function bootstrap(
  values: readonly number[],
  statistic: (values: readonly number[]) => number,
  { seed, level = 0.95, sets = 10_000 }: BootstrapWish,
): Bootstrapped | null {
  const n = values.length;
  if (n < 2) return null;
  const random = seededRandom(seed);
  const found = new Float64Array(sets);
  const drawn = new Array<number>(n).fill(0);
  for (let set = 0; set < sets; set += 1) {
    for (let at = 0; at < n; at += 1) drawn[at] = values[Math.floor(random() * n)] ?? Number.NaN;
    found[set] = statistic(drawn);
  }
  found.sort();
  const at = (part: number) => found[Math.min(sets - 1, Math.floor(part * sets))] ?? Number.NaN;
  return { low: at((1 - level) / 2), high: at((1 + level) / 2) };
}

/** As `bootstrap`, of a number reckoned from two sets; null where either has under two values. */
export function bootstrapTwo(
  a: readonly number[],
  b: readonly number[],
  statistic: (a: readonly number[], b: readonly number[]) => number,
  { seed, level = 0.95, sets = 10_000 }: BootstrapWish,
): Bootstrapped | null {
  if (a.length < 2 || b.length < 2) return null;
  const random = seededRandom(seed);
  const drawn = (from: readonly number[]) =>
    from.map(() => from[Math.floor(random() * from.length)] ?? Number.NaN);
  const found = Float64Array.from({ length: sets }, () => statistic(drawn(a), drawn(b))).sort();
  const at = (part: number) => found[Math.min(sets - 1, Math.floor(part * sets))] ?? Number.NaN;
  return { low: at((1 - level) / 2), high: at((1 + level) / 2) };
}
