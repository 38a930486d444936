// Seeded chance: the same seed gives the same numbers everywhere.

/** The next number, uniform in 0..1 (1 excluded). */
export type Random = () => number;

/** A generator (sfc32) with 128 bits of state; `seed` is any integer, only its lower 53 bits count. */
export function seededRandom(seed: number): Random {
  let a = 0x9e3779b9 | 0;
  let b = seed | 0;
  let c = Math.trunc(seed / 2 ** 32) | 0;
  let count = 1;
  const next = () => {
    const sum = (((a + b) | 0) + count) | 0;
    count = (count + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  // Seeds that are close together begin alike: let the state mix first.
  for (let round = 0; round < 15; round += 1) next();
  return next;
}
