// Two sets of recordings compared: how much, how sure, and by which limit that fails.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { effectsOf } from '../../src/model/effect.ts';
import { compareVerdict, percent } from '../../src/model/effectverdict.ts';
import { effectSentences } from '../../src/model/effectwords.ts';
import { sidesOf } from '../../src/model/runsides.ts';
import { bootstrapTwo } from '../../src/model/statisticsbootstrap.ts';
import { medianOf } from '../../src/model/statisticsmedian.ts';
import { terms } from './roundstream.ts';
import { runTold } from './runstream.ts';

const spread = (fromMs: number, n = 12) => Array.from({ length: n }, (_, at) => fromMs + 250 * at);
const run = (fromMs: number, n?: number, more: object = {}) =>
  runTold({ handoversMs: spread(fromMs, n), ...more });
const compared = (before: ReturnType<typeof run>, after: ReturnType<typeof run>, limit: number | null) => {
  const effects = effectsOf(sidesOf([before], [after]), 1);
  return { effects, ...compareVerdict(effects, limit) };
};

describe('a comparison', () => {
  test('is failed by what is slower than allowed beyond chance', () => {
    const { verdict, why, effects } = compared(run(14_000), run(17_000), 0.1);
    expect(verdict).toBe('failed');
    expect(why).toBe('kube-scheduler, stop is 20 % slower, more than the 10 % allowed.');
    expect(effects[0]).toMatchObject({ differenceMs: 3000, verdict: 'slower' });
    const { low = 0, high = 0 } = effects[0]?.intervalMs ?? {};
    expect(low).toBeGreaterThan(1000);
    expect(high).toBeLessThan(5000);
  });

  test('passes what is the same, what is faster, and what is slower within the limit', () => {
    expect(compared(run(14_000), run(14_000), 0.1)).toMatchObject({ verdict: 'passed' });
    expect(compared(run(17_000), run(14_000), 0.1)).toMatchObject({ verdict: 'passed' });
    expect(compared(run(14_000), run(17_000), 0.3)).toMatchObject({ verdict: 'passed' });
    expect(compared(run(14_000), run(17_000), null).why).toBe('kube-scheduler, stop is slower.');
  });

  test('is inconclusive where chance may explain it, where rounds are few, where there is none', () => {
    expect(compared(run(14_000, 6), run(14_400, 6), 0.01)).toMatchObject({
      verdict: 'inconclusive',
      why: expect.stringMatching(/chance alone may explain it: measure more rounds/),
    });
    expect(compared(run(14_000, 4), run(19_000, 30), 0.1)).toMatchObject({
      verdict: 'inconclusive',
      why: 'Too few rounds to compare: kube-scheduler, stop has 4 before and 30 after; at least 5 are needed on either side.',
    });
    expect(compareVerdict([], 0.1).verdict).toBe('inconclusive');
  });

  test('judges a median of nothing, which has no share, by the difference itself, and says so', () => {
    const nothing = { handoversMs: Array.from({ length: 12 }, () => 0) };
    const none = runTold(nothing);
    expect(compared(none, run(1000), 0.1)).toMatchObject({
      verdict: 'failed',
      why: expect.stringMatching(
        /^kube-scheduler, stop has a median of 0 ms before, of which there is no share: judged by the difference itself, which lies between 1\.\d\d s and [23]\.\d\d s, above 0: it is slower\.$/,
      ),
    });
    expect(compared(none, runTold(nothing), 0.1)).toMatchObject({
      verdict: 'passed',
      why: 'Nothing is more than 10 % slower. kube-scheduler, stop has a median of 0 ms before, of which there is no share: judged by the difference itself, which lies between 0 ms and 0 ms, it did not grow.',
    });
    expect(compared(none, run(1000), null).why).toBe('kube-scheduler, stop is slower.');
  });

  test('never mixes components or faults, and says what it leaves out', () => {
    const { pairs, leftOut } = sidesOf(
      [run(14_000), run(15_000, 6, { fault: 'kill' })],
      [run(14_000), run(16_000, 6, { fault: 'freeze' })],
    );
    expect(pairs.map(({ fault }) => fault)).toEqual(['stop']);
    expect(leftOut).toEqual([
      'kube-scheduler, kill was measured only before: it is left out.',
      'kube-scheduler, freeze was measured only after: it is left out.',
    ]);
  });

  test('says what was changed between the two', () => {
    const longer = { terms: { ...terms, leaseDurationMs: 18_000 } };
    const [effect] = effectsOf(sidesOf([run(14_000)], [run(17_000, 12, longer)]), 1);
    const said = effect ? effectSentences(effect) : [];
    expect(said).toContain('In the median the lock was taken 3.00 s later, 20 % slower.');
    expect(said.join(' ')).toMatch(/Timing before: lease 15 s, .* After: lease 18 s/);
    expect(said.join(' ')).not.toMatch(/Lock before/);
  });
});

test('the interval of a difference is the same for a seed, and holds the difference', () => {
  const values = fc.array(fc.integer({ min: 0, max: 30_000 }), { minLength: 2, maxLength: 20 });
  const median = (of: readonly number[]) => medianOf([...of].sort((x, y) => x - y)) ?? Number.NaN;
  fc.assert(
    fc.property(values, values, fc.integer(), (a, b, seed) => {
      const of = () => bootstrapTwo(a, b, (x, y) => median(y) - median(x), { seed, sets: 200 });
      const found = of();
      expect(of()).toEqual(found);
      const [least, most] = [Math.min(...b) - Math.max(...a), Math.max(...b) - Math.min(...a)];
      expect(found?.low).toBeGreaterThanOrEqual(least);
      expect(found?.high).toBeLessThanOrEqual(most);
      expect(found?.low).toBeLessThanOrEqual(found?.high ?? Number.NaN);
    }),
    { numRuns: 30 },
  );
  expect(bootstrapTwo([1], [1, 2], () => 0, { seed: 1 })).toBeNull();
});

test('shares in words', () => {
  expect([0.1, 0.069, 0.18231, -0.025].map(percent)).toEqual(['10 %', '6.9 %', '18 %', '2.5 %']);
});
