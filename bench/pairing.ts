// Measures things turn by turn, so that whatever else the machine does falls on all alike.

export interface Paired {
  /** Medians. */
  readonly a: number;
  readonly b: number;
  /** Of b to a, by their medians. */
  readonly ratio: number;
}

export type Take = () => Promise<number>;

/** Takes `rounds` of each, A B B A A B …; the first of each warms the caches and does not count. */
export async function inPairs(rounds: number, a: Take, b: Take): Promise<Paired> {
  const [ofA = Number.NaN, ofB = Number.NaN] = await inTurn(rounds, [a, b]);
  return { a: ofA, b: ofB, ratio: ofB / ofA };
}

/** The medians of any number, in their order; taken forth and back, A B C C B A …, after one of each that does not count. */
export async function inTurn(rounds: number, takes: readonly Take[]): Promise<readonly number[]> {
  const all = takes.map((take) => ({ take, taken: [] as number[] }));
  for (const { take } of all) await take();
  for (let round = 0; round < rounds; round += 1)
    for (const { take, taken } of round % 2 === 0 ? all : all.toReversed()) taken.push(await take());
  return all.map(({ taken }) => median(taken));
}

/** NaN for none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((x, y) => x - y);
  const at = (index: number) => sorted[index] ?? Number.NaN;
  return (at(Math.floor((sorted.length - 1) / 2)) + at(Math.floor(sorted.length / 2))) / 2;
}
