// The distance of a sample from a distribution, and its exact p-value against published numbers and plain chance.
import { describe, expect, it } from 'vitest';
import { kolmogorov, nearer, shareUpTo } from '../../src/model/kolmogorov.ts';
import { predict } from '../../src/model/predict.ts';
import { seededRandom } from '../../src/model/random.ts';

const uniform = (value: number) => Math.min(1, Math.max(0, value));

describe('the distance from a distribution', () => {
  it('is the greatest step or gap', () => {
    expect(kolmogorov([0.5], uniform).distance).toBeCloseTo(0.5, 12);
    expect(kolmogorov([0.1, 0.2], uniform).distance).toBeCloseTo(0.8, 12);
    expect(kolmogorov([0.9, 0.1, 0.5], uniform).distance).toBeCloseTo(0.9 - 2 / 3, 12);
  });

  it('is not a number for no sample', () => {
    expect(kolmogorov([], uniform).p).toBeNaN();
  });
});

describe('its probability', () => {
  it('is that of the paper that gives the method', () => {
    expect(nearer(10, 0.274)).toBeCloseTo(0.6284796154565043, 10);
    expect(nearer(2000, 0.04)).toBeCloseTo(0.9967694319171368, 10);
  });

  it('takes its short cut where that is as good, and no time far out', () => {
    // The published value of the limit at 1.95: one in a thousand; and the way over the matrix just before the cut.
    expect(1 - nearer(10_000, 1.95 / 100)).toBeCloseTo(0.000_967, 4);
    expect(Math.abs(nearer(200, Math.sqrt(3.755 / 200)) - nearer(200, Math.sqrt(3.765 / 200)))).toBeLessThan(
      0.000_03,
    );
    expect(nearer(100_000, 0.4)).toBe(1);
  });

  it('is that of one draw, and of the ends', () => {
    expect(nearer(1, 0.75)).toBeCloseTo(0.5, 12);
    expect(nearer(5, 0)).toBe(0);
    expect(nearer(5, 1)).toBe(1);
  });

  it('is what chance gives', () => {
    const random = seededRandom(7);
    const rounds = 4000;
    const low = Array.from({ length: rounds }, () => {
      const sample = Array.from({ length: 12 }, random);
      return kolmogorov(sample, uniform).p < 0.1;
    }).filter(Boolean).length;
    expect(low / rounds).toBeGreaterThan(0.08);
    expect(low / rounds).toBeLessThan(0.12);
  });
});

describe('a prediction as a distribution', () => {
  const terms = {
    leaseDurationMs: 15_000,
    renewDeadlineMs: 10_000,
    retryPeriodMs: 2_000,
    releasesOnStop: false,
  };
  const inputs = { terms, standbys: 1, faultReleases: false };

  it('agrees with its own draws and not with shifted ones', () => {
    const share = shareUpTo(predict(inputs).quantile);
    const other = predict({ ...inputs, rounds: 1000, seed: 3 });
    const draws = Array.from({ length: 50 }, (_, at) => other.quantile((at + 0.5) / 50));
    expect(kolmogorov(draws, share).p).toBeGreaterThan(0.5);
    expect(
      kolmogorov(
        draws.map((draw) => draw + 1500),
        share,
      ).p,
    ).toBeLessThan(0.001);
  });

  it('finds the median where half lies below', () => {
    const prediction = predict(inputs);
    expect(shareUpTo(prediction.quantile)(prediction.p50Ms)).toBeCloseTo(0.5, 3);
    expect(shareUpTo(prediction.quantile)(0)).toBe(0);
    expect(shareUpTo(prediction.quantile)(60_000)).toBeCloseTo(1, 6);
  });
});
