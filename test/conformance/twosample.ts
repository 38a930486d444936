// Whether two samples come from one distribution: the Kolmogorov-Smirnov distance, by permutation.
import { seededRandom } from '../../src/model/random.ts';

export interface Comparison {
  readonly distance: number;
  /** How often labels dealt at random lie at least as far apart, 0..1. */
  readonly p: number;
}

const deals = 20_000;

export function compareSamples(one: readonly number[], other: readonly number[], seed: number): Comparison {
  const values = [...one.map((at) => ({ at, mine: true })), ...other.map((at) => ({ at, mine: false }))];
  values.sort((a, b) => a.at - b.at);
  const labels = values.map(({ mine }) => mine);
  const ends = values.map(({ at }, index) => values[index + 1]?.at !== at);
  const distanceOf = (dealt: readonly boolean[]): number => {
    let [mine, theirs, greatest] = [0, 0, 0];
    dealt.forEach((isMine, index) => {
      if (isMine) mine += 1;
      else theirs += 1;
      // Equal values are one step.
      if (ends[index]) greatest = Math.max(greatest, Math.abs(mine / one.length - theirs / other.length));
    });
    return greatest;
  };
  const distance = distanceOf(labels);
  const random = seededRandom(seed);
  const dealt = [...labels];
  let asFar = 0;
  for (let deal = 0; deal < deals; deal += 1) {
    for (let last = dealt.length - 1; last > 0; last -= 1) {
      const pick = Math.floor(random() * (last + 1));
      const kept = dealt[last] ?? false;
      dealt[last] = dealt[pick] ?? false;
      dealt[pick] = kept;
    }
    if (distanceOf(dealt) >= distance - 1e-12) asFar += 1;
  }
  return { distance, p: (asFar + 1) / (deals + 1) };
}
