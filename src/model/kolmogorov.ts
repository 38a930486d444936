// Whether measured values follow a distribution: the Kolmogorov-Smirnov distance, and how often chance alone gives as much.

export interface Agreement {
  /** The greatest distance between the measured and the expected share of values up to a point, 0..1. */
  readonly distance: number;
  /** How often as many draws from the distribution itself lie at least as far from it, 0..1. */
  readonly p: number;
}

/** @param share the expected part of values up to `value`, 0..1, not falling. NaN for an empty sample. */
export function kolmogorov(sample: readonly number[], share: (value: number) => number): Agreement {
  const sorted = [...sample].sort((a, b) => a - b);
  const n = sorted.length;
  if (n === 0) return { distance: Number.NaN, p: Number.NaN };
  const distance = sorted.reduce((greatest, value, at) => {
    const expected = share(value);
    return Math.max(greatest, expected - at / n, (at + 1) / n - expected);
  }, 0);
  return { distance, p: Math.min(1, Math.max(0, 1 - nearer(n, distance))) };
}

/** The part of a distribution up to a value, from its quantiles (as a prediction gives them). */
export function shareUpTo(quantile: (q: number) => number): (value: number) => number {
  return (value) => {
    if (value < quantile(0)) return 0;
    let [low, high] = [0, 1];
    for (let halving = 0; halving < 40; halving += 1) {
      const middle = (low + high) / 2;
      if (quantile(middle) <= value) low = middle;
      else high = middle;
    }
    return high;
  };
}

/**
 * The probability that `n` draws lie nearer than `distance`, for any `n`: Marsaglia, Tsang and Wang, "Evaluating
 * Kolmogorov's Distribution", 2003. The entry in the middle of the `n`-th power of a small matrix.
 */
export function nearer(n: number, distance: number): number {
  if (distance <= 0) return 0;
  if (distance >= 1) return 1;
  // Far out the paper's own short cut is right to seven digits; the matrix would grow with the distance.
  const far = n * distance * distance;
  if (far > 7.24 || (far > 3.76 && n > 99))
    return 1 - 2 * Math.exp(-(2.000071 + 0.331 / Math.sqrt(n) + 1.409 / n) * far);
  const k = Math.floor(n * distance) + 1;
  const size = 2 * k - 1;
  const { cells, exponent } = power({ cells: steps(size, k - n * distance), exponent: 0 }, { size, n });
  let result = cells[(k - 1) * size + k - 1] ?? 0;
  let tens = exponent;
  // n! / n^n, a factor at a time, so that neither end of it leaves what a number can hold.
  for (let factor = 1; factor <= n; factor += 1) {
    result = (result * factor) / n;
    if (result < 1e-140) {
      result *= 1e140;
      tens -= 140;
    }
  }
  return result * 10 ** tens;
}

function steps(size: number, h: number): Float64Array {
  const cells = new Float64Array(size * size);
  const corner = 2 * h - 1 > 0 ? (2 * h - 1) ** size : 0;
  for (let row = 0; row < size; row += 1)
    for (let column = 0; column < size; column += 1) {
      if (row - column + 1 < 0) continue;
      let cell = 1;
      if (column === 0) cell -= h ** (row + 1);
      if (row === size - 1) cell -= h ** (size - column);
      if (column === 0 && row === size - 1) cell += corner;
      for (let factor = 2; factor <= row - column + 1; factor += 1) cell /= factor;
      cells[row * size + column] = cell;
    }
  return cells;
}

/** A matrix times ten to the `exponent`. */
interface Scaled {
  readonly cells: Float64Array;
  readonly exponent: number;
}

function power(matrix: Scaled, { size, n }: { readonly size: number; readonly n: number }): Scaled {
  if (n === 1) return matrix;
  const half = power(matrix, { size, n: Math.floor(n / 2) });
  const square = { cells: product(half.cells, half.cells, size), exponent: 2 * half.exponent };
  const { cells, exponent } =
    n % 2 === 0
      ? square
      : { cells: product(matrix.cells, square.cells, size), exponent: square.exponent + matrix.exponent };
  const middle = cells[Math.floor(size / 2) * (size + 1)] ?? 0;
  return middle > 1e140
    ? { cells: cells.map((cell) => cell * 1e-140), exponent: exponent + 140 }
    : { cells, exponent };
}

function product(a: Float64Array, b: Float64Array, size: number): Float64Array {
  const cells = new Float64Array(size * size);
  for (let row = 0; row < size; row += 1)
    for (let column = 0; column < size; column += 1) {
      let sum = 0;
      for (let at = 0; at < size; at += 1) sum += (a[row * size + at] ?? 0) * (b[at * size + column] ?? 0);
      cells[row * size + column] = sum;
    }
  return cells;
}
