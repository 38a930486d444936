// A trail stays what it was, however many go on from it, and keeps no more than it was told to.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { followed, itemsOf, lengthOf, type Trail, trailOf } from '../../src/model/trail.ts';

it('is as a list that is copied each time, from whichever moment one goes on', () => {
  const steps = fc.array(fc.record({ from: fc.nat(), one: fc.integer() }), { maxLength: 300 });
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 20 }), (taken, most) => {
      const kept: { trail: Trail<number>; list: readonly number[] }[] = [{ trail: trailOf([]), list: [] }];
      for (const { from, one } of taken) {
        // Mostly from the newest, at times from one before.
        const at = from % 7 === 0 ? from % kept.length : kept.length - 1;
        const { trail, list } = kept[at] ?? { trail: trailOf([]), list: [] };
        kept.push({ trail: followed(trail, one, most), list: [...list, one].slice(-most) });
      }
      for (const { trail, list } of kept) {
        expect(itemsOf(trail)).toEqual(list);
        expect(lengthOf(trail)).toBe(list.length);
      }
    }),
    { numRuns: 60 },
  );
});

it('lets go of what is behind it', () => {
  let trail = trailOf<number>([]);
  for (let one = 0; one < 10_000; one += 1) trail = followed(trail, one, 300);
  expect(itemsOf(trail)[0]).toBe(9700);
  expect(trail.store.length).toBeLessThan(1000);
});
