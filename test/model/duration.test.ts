// Durations are written as they are read.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readDuration, writeDuration } from '../../src/model/duration.ts';

it.each([
  [36_000_000, '10h'],
  [264_000, '4m24s'],
  [300_000, '5m'],
  [500, '500ms'],
  [61_500, '1m1s500ms'],
  [0, '0s'],
])('%d ms is %s', (ms, text) => expect(writeDuration(ms)).toBe(text));

it('comes back as it was', () => {
  fc.assert(
    fc.property(fc.nat({ max: 1e9 }), (ms) => {
      expect(readDuration(writeDuration(ms))).toBeCloseTo(ms, 6);
    }),
  );
});
