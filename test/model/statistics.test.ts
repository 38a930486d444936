// Statistics over rounds: against known values, chance itself, and properties that hold for all sets.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agreementOf, agreementSentence } from '../../src/model/agreement.ts';
import { predictionFor } from '../../src/model/predictfault.ts';
import { seededRandom } from '../../src/model/random.ts';
import { summarise } from '../../src/model/statistics.ts';
import { bootstrap } from '../../src/model/statisticsbootstrap.ts';
import { compareMedians } from '../../src/model/statisticscompare.ts';
import { alpha, holm } from '../../src/model/statisticsfamily.ts';
import { medianInterval, medianOf } from '../../src/model/statisticsmedian.ts';
import { quantileOf } from '../../src/model/statisticsquantile.ts';

const upTo = (n: number) => Array.from({ length: n }, (_, index) => index + 1);
const sorted = (values: readonly number[]) => [...values].sort((a, b) => a - b);
const values = fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 300 });

describe('the median and its interval', () => {
  // Published tables of order statistics: rank from either end and coverage at 95 %.
  it.each([
    [5, 1, 0.9375],
    [6, 1, 0.96875],
    [8, 1, 0.9921875],
    [9, 2, 0.9609375],
    [10, 2, 0.978515625],
    [12, 3, 0.96142578125],
    [20, 6, 0.958610534668],
    [25, 8, 0.956714749336],
    [50, 18, 0.967160862436],
    [100, 40, 0.964799799782],
  ])('of %i values reaches from rank %i', (n, rank, coverage) => {
    const found = medianInterval(upTo(n));
    expect(found).toMatchObject({ lowMs: rank, highMs: n + 1 - rank });
    expect(found?.coverage).toBeCloseTo(coverage, 8);
  });

  it('is not made up of one value, and honest about two', () => {
    expect(medianInterval([3])).toBeNull();
    expect(medianInterval([])).toBeNull();
    expect(medianInterval([3, 4])).toEqual({ lowMs: 3, highMs: 4, coverage: 0.5 });
    expect(medianOf([])).toBeNull();
  });

  it('holds the median, is one of the values at either end, covers what was asked, for any set', () => {
    fc.assert(
      fc.property(values, (set) => {
        const inOrder = sorted(set);
        const found = medianInterval(inOrder);
        expect(found === null).toBe(set.length === 1);
        if (found === null) return;
        const median = medianOf(inOrder) ?? Number.NaN;
        expect(found.lowMs).toBeLessThanOrEqual(median);
        expect(found.highMs).toBeGreaterThanOrEqual(median);
        expect(set).toContain(found.lowMs);
        expect(set).toContain(found.highMs);
        if (set.length >= 6) expect(found.coverage).toBeGreaterThanOrEqual(0.95);
      }),
    );
  });

  it('holds the true median as often as it says', () => {
    const random = seededRandom(5);
    const sets = 4000;
    const held = Array.from({ length: sets }, () => {
      const found = medianInterval(sorted(Array.from({ length: 9 }, () => random() ** 3)));
      return found !== null && found.lowMs <= 0.125 && found.highMs >= 0.125;
    }).filter(Boolean).length;
    expect(Math.abs(held / sets - 0.9609)).toBeLessThan(0.012);
  });

  it('is a number for thousands of values', () => {
    const found = medianInterval(upTo(5000));
    expect(found?.coverage).toBeGreaterThanOrEqual(0.95);
    expect(found?.coverage).toBeLessThan(0.96);
    expect(found?.lowMs).toBe(2431);
  });
});

describe('quantiles', () => {
  it('are given only where enough values carry them', () => {
    expect(quantileOf(upTo(19), 0.95)).toBeNull();
    expect(quantileOf(upTo(20), 0.95)).toBe(19);
    expect(quantileOf(upTo(99), 0.99)).toBeNull();
    expect(quantileOf(upTo(100), 0.99)).toBe(99);
    expect(Object.keys(summarise(upTo(19)))).not.toContain('p95Ms');
    expect(summarise(upTo(40))).toMatchObject({ p95Ms: 38 });
    expect(Object.keys(summarise(upTo(40)))).not.toContain('p99Ms');
    expect(summarise(upTo(200))).toMatchObject({ p95Ms: 190, p99Ms: 198 });
  });

  it('leave at least their part at or below, and less than it strictly below', () => {
    fc.assert(
      fc.property(values, fc.constantFrom(0.5, 0.9, 0.95), (set, q) => {
        const found = quantileOf(sorted(set), q);
        if (found === null) return;
        const atMost = set.filter((value) => value <= found).length;
        const below = set.filter((value) => value < found).length;
        expect(atMost).toBeGreaterThanOrEqual(q * set.length - 1e-6);
        expect(below).toBeLessThan(q * set.length + 1e-6);
      }),
    );
  });
});

describe('the summary', () => {
  it('keeps every raw value in its order', () => {
    fc.assert(
      fc.property(values, (set) => {
        const { valuesMs, n } = summarise(set);
        expect(valuesMs).toEqual(set);
        expect(n).toBe(set.length);
      }),
    );
  });
});

describe('the bootstrap', () => {
  const mean = (set: readonly number[]) => set.reduce((sum, one) => sum + one, 0) / set.length;

  it('is the same for a seed, within the values, and null where nothing varies that is known', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 1e6 }), (set, seed) => {
        const one = bootstrap(set, mean, { seed, sets: 50 });
        expect(one).toEqual(bootstrap(set, mean, { seed, sets: 50 }));
        expect(one === null).toBe(set.length === 1);
        if (one === null) return;
        const slack = 1e-6 * Math.max(...set.map(Math.abs), 1);
        expect(one.low).toBeGreaterThanOrEqual(Math.min(...set) - slack);
        expect(one.high).toBeLessThanOrEqual(Math.max(...set) + slack);
      }),
      { numRuns: 50 },
    );
  });

  it('is as wide as the mean of known values varies', () => {
    const random = seededRandom(8);
    const set = Array.from({ length: 100 }, random);
    const found = bootstrap(set, mean, { seed: 1 });
    // Two times 1.96 standard errors of a uniform law: 1.96 * 2 * 0.2887 / 10.
    expect((found?.high ?? 0) - (found?.low ?? 0)).toBeGreaterThan(0.09);
    expect((found?.high ?? 0) - (found?.low ?? 0)).toBeLessThan(0.135);
  });
});

describe('two sets', () => {
  it('that are one differ by nothing, and those far apart by more than chance gives', () => {
    const random = seededRandom(2);
    const a = Array.from({ length: 20 }, () => 16_000 + 2000 * random());
    const b = Array.from({ length: 20 }, () => 19_000 + 2000 * random());
    expect(compareMedians(a, [...a], { seed: 1 })).toEqual({ differenceMs: 0, p: 1 });
    const found = compareMedians(a, b, { seed: 1 });
    expect(found?.differenceMs).toBeGreaterThan(2000);
    expect(found?.p).toBeLessThan(alpha);
    expect(compareMedians(a, [], { seed: 1 })).toBeNull();
  });

  it('have the p of counting every deal', () => {
    const found = compareMedians([1, 2, 3], [11, 12, 13], { seed: 4, deals: 40_000 });
    // Of the 20 deals four put 2 and 12 in the middle: {1, 2, 3}, {1, 2, 11} and what they leave.
    expect(found?.p).toBeCloseTo(4 / 20, 2);
  });

  it('swap sides with the sign, and keep p by seed', () => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        const one = compareMedians(a, b, { seed: 3, deals: 20 });
        expect(one).toEqual(compareMedians(a, b, { seed: 3, deals: 20 }));
        expect(compareMedians(b, a, { seed: 3, deals: 20 })?.differenceMs).toBe(0 - (one?.differenceMs ?? 0));
        expect(one?.p).toBeGreaterThan(0);
        expect(one?.p).toBeLessThanOrEqual(1);
      }),
      { numRuns: 30 },
    );
  });

  it('of one law are told apart no oftener than chance says', () => {
    const random = seededRandom(9);
    const sets = 300;
    const told = Array.from({ length: sets }, (_, seed) => {
      const draw = () => Array.from({ length: 8 }, random);
      return (compareMedians(draw(), draw(), { seed, deals: 200 })?.p ?? 0) <= 0.1;
    }).filter(Boolean).length;
    expect(told / sets).toBeLessThan(0.16);
    expect(told / sets).toBeGreaterThan(0.03);
  });
});

describe("Holm's correction", () => {
  it('is that of a worked example', () => {
    const adjusted = holm([0.01, 0.04, 0.03, 0.005], 0.05);
    expect(adjusted.map((one) => one.adjusted)).toEqual(
      [0.03, 0.06, 0.06, 0.02].map((p) => expect.closeTo(p, 12)),
    );
    expect(adjusted.map((one) => one.rejected)).toEqual([true, false, false, true]);
  });

  it('is milder than Bonferroni, never milder than none, and keeps the order', () => {
    const ps = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(ps, (all) => {
        const judged = holm(all);
        all.forEach((p, at) => {
          const adjusted = judged[at]?.adjusted ?? Number.NaN;
          expect(adjusted).toBeGreaterThanOrEqual(p);
          expect(adjusted).toBeLessThanOrEqual(Math.min(1, p * all.length) + 1e-12);
          all.forEach((other, where) => {
            if (p <= other) expect(adjusted).toBeLessThanOrEqual(judged[where]?.adjusted ?? Number.NaN);
          });
        });
      }),
    );
  });
});

describe('measured against predicted', () => {
  const terms = {
    leaseDurationMs: 15_000,
    renewDeadlineMs: 10_000,
    retryPeriodMs: 2000,
    releasesOnStop: true,
  };
  const of = (fault: 'stop' | 'kill', standbys = 1) =>
    predictionFor({ fault, terms, standbys, rounds: 50_000 }).prediction;

  it('agrees for what was measured on real masters, each by its own prediction', () => {
    const [stop, kill] = [of('stop'), of('kill')];
    const released = [2.72, 1.54, 0.89, 2.0, 1.93, 0.47];
    const silent = [19.66, 15.59, 15.58, 20.25, 16.3, 16.11, 17.56, 15.34, 17.57, 17.38];
    const found = agreementOf([
      ...released.map((s) => ({ ms: s * 1000, quantile: stop.quantile })),
      ...silent.map((s) => ({ ms: s * 1000, quantile: kill.quantile })),
    ]);
    expect(found).toMatchObject({ n: 16, rejected: false });
    expect(found && agreementSentence(found)).toMatch(
      /^They agree with the rules: by chance as great a distance or a greater comes in \d+ % of such sets \(Kolmogorov-Smirnov: distance 0\.\d\d, n = 16\)\.$/,
    );
  });

  it('does not for handovers of another law', () => {
    const kill = of('kill');
    const found = agreementOf(upTo(12).map((at) => ({ ms: 1000 + at * 200, quantile: kill.quantile })));
    expect(found).toMatchObject({ n: 12, distance: 1, rejected: true });
    expect(found && agreementSentence(found)).toMatch(
      /^They do not follow the rules: .*less than once in a thousand times/,
    );
    expect(found && agreementSentence(found, { rejected: false })).toMatch(/^They agree/);
  });

  it('says nothing of four', () => {
    const { quantile } = of('stop');
    expect(agreementOf([1, 2, 3, 4].map((ms) => ({ ms: ms * 500, quantile })))).toBeNull();
  });
});
