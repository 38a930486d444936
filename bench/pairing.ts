// Measures two things turn by turn, so that whatever else the machine does falls on both alike.

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
  const taken: { readonly a: number[]; readonly b: number[] } = { a: [], b: [] };
  await a();
  await b();
  for (let round = 0; round < rounds; round += 1) {
    const first = round % 2 === 0 ? 'a' : 'b';
    for (const which of [first, first === 'a' ? 'b' : 'a'] as const)
      taken[which].push(await (which === 'a' ? a() : b()));
  }
  const medians = { a: median(taken.a), b: median(taken.b) };
  return { ...medians, ratio: medians.b / medians.a };
}

/** NaN for none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((x, y) => x - y);
  const at = (index: number) => sorted[index] ?? Number.NaN;
  return (at(Math.floor((sorted.length - 1) / 2)) + at(Math.floor(sorted.length / 2))) / 2;
}
