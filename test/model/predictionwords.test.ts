// The histogram of a prediction: each row says where it begins and where it ends.
import { expect, it } from 'vitest';
import { predictionFor } from '../../src/model/predictfault.ts';
import { histogramLines } from '../../src/model/predictionwords.ts';
import { terms } from './roundstream.ts';

const ends = (standbys: number, rounds: number) => {
  const asked = { fault: 'stop', terms: { ...terms, releasesOnStop: true }, standbys, rounds } as const;
  const lines = histogramLines(predictionFor(asked).prediction, { bins: 24, width: 40, bar: '#' });
  return lines.map((line) => {
    const [from, to] = /^ *([\d.]+) to +([\d.]+) s/.exec(line)?.slice(1) ?? [];
    return { from, to };
  });
};

it.each([1, 10, 100, 1000])(
  'with %d standing by, no row is empty and each begins where the one before ended',
  (standbys) => {
    const rows = ends(standbys, 5000);
    expect(rows).toHaveLength(24);
    for (const [at, { from, to }] of rows.entries()) {
      expect(Number(to)).toBeGreaterThan(Number(from));
      if (at > 0) expect(from).toBe(rows[at - 1]?.to);
    }
  },
);

it('draws that are all the same make one row', () => expect(ends(1, 1)).toHaveLength(1));
