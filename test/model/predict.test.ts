// The prediction against long references, the rules run in virtual time, and handovers measured on real masters.
import { describe, expect, it } from 'vitest';
import { rulesOf1_36 } from '../../src/model/electionrules.ts';
import { narrow } from '../../src/model/narrow.ts';
import type { ElectionTerms } from '../../src/model/observation.ts';
import { predict } from '../../src/model/predict.ts';
import { seededRandom } from '../../src/model/random.ts';
import { ElectionWorld } from './electionworld.ts';

const terms: ElectionTerms = {
  leaseDurationMs: 15_000,
  renewDeadlineMs: 10_000,
  retryPeriodMs: 2000,
  releasesOnStop: null,
};
const killed = { terms, standbys: 1, faultReleases: false };
const stopped = { terms, standbys: 1, faultReleases: true };

describe('predict', () => {
  // min, p5, p50, mean, p95, p99, max of 10,000,000 rounds.
  it.each([
    ['no release', killed, [13_000, 14_841, 17_305, 17_357, 20_059, 21_106, 23_800]],
    [
      'no release, two standbys',
      { ...killed, standbys: 2 },
      [13_000, 14_477, 16_473, 16_519, 18_712, 19_618, 23_800],
    ],
    ['release', stopped, [0, 160, 1601, 1676, 3524, 4009, 4400]],
    ['release, two standbys', { ...stopped, standbys: 2 }, [0, 81, 938, 1078, 2547, 3159, 4400]],
    [
      '60/30/2 s',
      { ...killed, terms: { ...terms, leaseDurationMs: 60_000 } },
      [58_000, 59_832, 62_298, 62_350, 65_059, 66_103, 68_800],
    ],
    [
      '15/12/3 s',
      { ...killed, terms: { ...terms, retryPeriodMs: 3000 } },
      [12_000, 14_697, 18_419, 18_501, 22_612, 24_195, 28_200],
    ],
  ] as const)('%s', (_, inputs, reference) => {
    const found = predict(inputs);
    const shown = [
      found.minMs,
      found.quantile(0.05),
      found.p50Ms,
      found.meanMs,
      found.p95Ms,
      found.quantile(0.99),
      found.maxMs,
    ];
    shown.forEach((value, index) => {
      expect(Math.abs(value - (reference[index] ?? Number.NaN))).toBeLessThan(50);
    });
    expect(found.quantile(0)).toBeGreaterThanOrEqual(found.minMs);
    expect(found.quantile(1)).toBeLessThanOrEqual(found.maxMs);
  });

  it('draws as the rules run in virtual time do', () => {
    const random = seededRandom(42);
    const took: number[] = [];
    for (let seed = 0; seed < 1500; seed += 1) {
      const world = new ElectionWorld({ rules: rulesOf1_36, seed, latencyMs: 0 });
      world.start('A', terms);
      world.run(10 + random() * 4000);
      world.start('B', terms);
      world.run(30_000 + random() * 10_000);
      world.kill('A');
      took.push(world.handover('A'));
    }
    took.sort((one, other) => one - other);
    const expected = predict(killed);
    // Kolmogorov-Smirnov: 1.95 / sqrt(n) is passed by chance once in a thousand.
    const furthest = Math.max(
      ...took.map((value, index) => Math.abs(expected.quantile((index + 0.5) / took.length) - value)),
    );
    const distance = Math.max(
      ...Array.from({ length: 99 }, (_, index) => {
        const q = (index + 1) / 100;
        return Math.abs(took.filter((value) => value <= expected.quantile(q)).length / took.length - q);
      }),
    );
    expect(distance).toBeLessThan(1.95 / Math.sqrt(took.length));
    expect(furthest).toBeLessThan(1500);
  });

  it('holds every handover measured on real masters', () => {
    const silent = [
      16.33, 16.73, 16.35, 15.4, 17.89, 20.75, 19.14, 18.56, 14.75, 18.67, 14.08, 18.08, 15.87, 14.48, 18.27,
      16.11, 18.06, 16.85, 19.66, 15.59, 15.58, 20.25, 16.3, 16.11, 17.43, 16.16, 17.5, 17.96, 18.11, 15.89,
      18.17, 17.42, 19.11, 18.5, 17.56, 15.34, 17.57, 17.38, 16.66, 18.4, 18.32,
    ];
    const released = [2.72, 1.54, 0.89, 2.0, 1.93, 0.47];
    for (const [inputs, seconds] of [
      [killed, silent],
      [stopped, released],
    ] as const) {
      const { minMs, maxMs, meanMs } = predict(inputs);
      for (const took of seconds) {
        expect(took * 1000).toBeGreaterThanOrEqual(minMs);
        expect(took * 1000).toBeLessThanOrEqual(maxMs);
      }
      const mean = (seconds.reduce((sum, took) => sum + took, 0) / seconds.length) * 1000;
      // Three standard errors of the mean.
      expect(Math.abs(mean - meanMs)).toBeLessThan((3 * 1600) / Math.sqrt(seconds.length));
    }
  });

  it('is the same for the same seed, and another for another', () => {
    const few = { ...killed, rounds: 1000 };
    expect(predict({ ...few, seed: 9 }).quantile(0.37)).toBe(predict({ ...few, seed: 9 }).quantile(0.37));
    expect(predict({ ...few, seed: 9 }).quantile(0.37)).not.toBe(
      predict({ ...few, seed: 10 }).quantile(0.37),
    );
  });

  it('bins every draw once', () => {
    const bins = predict({ ...killed, rounds: 10_000 }).histogram(24);
    expect(bins).toHaveLength(24);
    expect(bins.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
  });

  it('refuses to predict without a standby', () => {
    expect(() => predict({ ...killed, standbys: 0 })).toThrow('No standby');
  });
});

describe('narrow', () => {
  const nothing = { nowMs: 0, lastRenewMs: null, looks: [] };

  it('says with nothing seen what predict says', () => {
    for (const inputs of [killed, stopped]) {
      const before = predict(inputs);
      const after = narrow(inputs, nothing);
      for (const q of [0.05, 0.5, 0.95])
        expect(Math.abs(after.quantile(q) - before.quantile(q))).toBeLessThan(50);
      expect([after.minMs, after.maxMs]).toEqual([before.minMs, before.maxMs]);
    }
  });

  it('narrows with each thing seen', () => {
    const width = (seen: Parameters<typeof narrow>[1]) => {
      const { quantile } = narrow(killed, seen);
      return quantile(0.95) - quantile(0.05);
    };
    const renewed = { ...nothing, lastRenewMs: -1000 };
    const looked = { nowMs: 1500, lastRenewMs: -1000, looks: [{ lastMs: 1500, firstAfterRenewMs: 1500 }] };
    const late = { nowMs: 14_000, lastRenewMs: -1000, looks: [{ lastMs: 14_000, firstAfterRenewMs: 1500 }] };
    expect(width(renewed)).toBeLessThan(width(nothing));
    expect(width(looked)).toBeLessThan(width(renewed));
    expect(width(late)).toBeLessThan(width(renewed));
    // Looked at 14.0 s, free from 16.5 s: at its next look, or the one after.
    const last = narrow(killed, late);
    expect(last.quantile(0)).toBeGreaterThanOrEqual(16_500);
    expect(last.maxMs).toBe(20_900);
  });

  it('holds what the rules then do, within its bounds and in its quantiles', () => {
    const random = seededRandom(6);
    const ranks: number[] = [];
    for (let seed = 0; seed < 300; seed += 1) {
      const world = new ElectionWorld({ rules: rulesOf1_36, seed, latencyMs: 0 });
      world.start('A', terms);
      world.run(10 + random() * 4000);
      world.start('B', terms);
      world.run(30_000 + random() * 10_000);
      world.kill('A');
      const faultMs = world.nowMs;
      const waitMs = random() * 13_000;
      world.run(faultMs + waitMs);
      const renews = world.said.filter(({ who, say }) => who === 'A' && say.is === 'renewed');
      const renewedMs = renews.at(-1)?.atMs ?? Number.NaN;
      const looks = world.said
        .filter(({ who, say }) => who === 'B' && say.is === 'held')
        .map(({ atMs }) => atMs);
      const first = looks.find((atMs) => atMs >= renewedMs);
      const found = narrow(
        { ...killed, rounds: 2000, seed },
        {
          nowMs: waitMs,
          lastRenewMs: renewedMs - faultMs,
          looks: [
            {
              lastMs: (looks.at(-1) ?? Number.NaN) - faultMs,
              firstAfterRenewMs: first === undefined || seed % 2 === 0 ? null : first - faultMs,
            },
          ],
        },
      );
      const took = waitMs + world.handover('A');
      expect(took).toBeGreaterThanOrEqual(found.minMs - 0.001);
      expect(took).toBeLessThanOrEqual(found.maxMs + 0.001);
      let rank = 0;
      while (rank < 100 && found.quantile(rank / 100) < took) rank += 1;
      ranks.push(rank / 100);
    }
    // Calibrated: as often in the lower as in the upper part of what was predicted.
    for (const q of [0.25, 0.5, 0.75]) {
      const below = ranks.filter((rank) => rank <= q).length / ranks.length;
      expect(Math.abs(below - q)).toBeLessThan(0.1);
    }
  });
});
