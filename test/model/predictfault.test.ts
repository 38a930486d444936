// Each fault's prediction against the rules of election.ts, run step by step in virtual time.
import { describe, expect, it } from 'vitest';
import { rulesOf1_6, rulesOf1_36 } from '../../src/model/electionrules.ts';
import { type FaultKind, faultKinds } from '../../src/model/faultkind.ts';
import { kolmogorov, shareUpTo } from '../../src/model/kolmogorov.ts';
import type { ElectionTerms } from '../../src/model/observation.ts';
import { predictionFor, sinceStoreBack } from '../../src/model/predictfault.ts';
import { seededRandom } from '../../src/model/random.ts';
import type { Mark, MarkName } from '../../src/model/round.ts';
import { ElectionWorld } from './electionworld.ts';

const keeps: ElectionTerms = {
  leaseDurationMs: 15_000,
  renewDeadlineMs: 10_000,
  retryPeriodMs: 2000,
  releasesOnStop: false,
};
const releases: ElectionTerms = { ...keeps, releasesOnStop: true };

/** Puts the fault on A; returns from when to count. */
const put: Readonly<Record<FaultKind, (world: ElectionWorld, terms: ElectionTerms) => void>> = {
  stop: (world) => world.cancel('A'),
  kill: (world) => world.kill('A'),
  freeze: (world) => world.freeze('A'),
  zombie: (world) => world.freeze('A'),
  apiserver: (world) => world.cut('A', 'refused'),
  cut: (world) => world.cut('A', 'hanging'),
  etcd(world, terms) {
    for (const one of world.candidates()) world.cut(one, 'refused');
    world.run(world.nowMs + 17_000);
    world.start('A again', terms, 0, 'refused');
    world.run(world.nowMs + 23_000);
    for (const one of world.candidates()) world.cut(one, 'no');
  },
};

interface Case {
  readonly fault: FaultKind;
  readonly terms: ElectionTerms;
  readonly standbys?: number;
  readonly rules?: typeof rulesOf1_36;
}

function measured({ fault, terms, standbys = 1, rules = rulesOf1_36 }: Case, rounds: number): number[] {
  const random = seededRandom(11);
  return Array.from({ length: rounds }, (_, seed) => {
    const world = new ElectionWorld({ rules, seed, latencyMs: 0 });
    world.start('A', terms);
    world.run(10 + random() * 4000);
    for (let index = 0; index < standbys; index += 1) {
      world.start(`B${index}`, terms);
      world.run(world.nowMs + random() * 4000);
    }
    world.run(30_000 + random() * 10_000);
    put[fault](world, terms);
    return world.handover('A');
  });
}

describe('the prediction for a fault', () => {
  const cases: readonly Case[] = [
    ...faultKinds.map((fault) => ({ fault, terms: keeps })),
    ...faultKinds.map((fault) => ({ fault, terms: releases })),
    { fault: 'kill', terms: keeps, standbys: 2 },
    { fault: 'stop', terms: releases, standbys: 3 },
    { fault: 'etcd', terms: keeps, standbys: 2 },
    { fault: 'stop', terms: keeps, rules: rulesOf1_6 },
    { fault: 'kill', terms: { ...keeps, leaseDurationMs: 5000, renewDeadlineMs: 3000, retryPeriodMs: 1000 } },
  ];
  it.each(
    cases.map(
      (one) =>
        [
          one.fault,
          one.terms.releasesOnStop ? 'a releasing component' : 'one that does not release',
          one.standbys ?? 1,
          one,
        ] as const,
    ),
  )('%s on %s, %i standing by: is what the rules do', (_fault, _component, standbys, one) => {
    const { prediction } = predictionFor({ ...one, standbys });
    const took = measured(one, one.fault === 'kill' || one.fault === 'stop' ? 2000 : 1000);
    for (const ms of took) {
      // Seconds as floating point: a microsecond.
      expect(ms).toBeGreaterThanOrEqual(prediction.minMs - 0.001);
      expect(ms).toBeLessThanOrEqual(prediction.maxMs + 0.001);
    }
    expect(kolmogorov(took, shareUpTo(prediction.quantile)).p).toBeGreaterThan(0.001);
  });

  it('tells distributions apart that are near one another', () => {
    const took = measured({ fault: 'kill', terms: keeps, standbys: 2 }, 2000);
    const { prediction } = predictionFor({ fault: 'kill', terms: keeps, standbys: 1 });
    expect(kolmogorov(took, shareUpTo(prediction.quantile)).p).toBeLessThan(0.001);
  });

  it('says what the leader does that lives on', () => {
    const of = (fault: FaultKind) => predictionFor({ fault, terms: releases, standbys: 1, rounds: 10 });
    expect(faultKinds.filter((fault) => of(fault).releases)).toEqual(['stop']);
    expect(faultKinds.filter((fault) => of(fault).from === 'storeBack')).toEqual(['etcd']);
    const random = seededRandom(3);
    for (const fault of ['cut', 'apiserver'] as const) {
      const { minMs, maxMs } = of(fault).leaderGivesUpMs ?? { minMs: Number.NaN, maxMs: Number.NaN };
      for (let seed = 0; seed < 200; seed += 1) {
        const world = new ElectionWorld({ rules: rulesOf1_36, seed, latencyMs: 0 });
        world.start('A', keeps);
        world.run(20_000 + random() * 4000);
        const from = world.nowMs;
        put[fault](world, keeps);
        world.run(from + 60_000, () => !world.isUp('A'));
        expect(world.nowMs - from).toBeGreaterThanOrEqual(minMs - 0.001);
        expect(world.nowMs - from).toBeLessThanOrEqual(maxMs + 0.001);
      }
    }
    expect(of('kill').leaderGivesUpMs).toBeNull();
  });

  it('refuses to predict without a standby', () => {
    expect(() => predictionFor({ fault: 'cut', terms: keeps, standbys: 0 })).toThrow('No standby');
  });
});

describe('after a lost store', () => {
  const { prediction } = predictionFor({ fault: 'etcd', terms: keeps, standbys: 1, rounds: 1000 });
  const at = (name: MarkName, atMs: number): Mark => ({
    ...{ name, atMs, errorMs: 0, host: null, witness: 'fault command' },
  });

  it('expects nothing before the store is back, and then the rules, later by how long it was gone', () => {
    expect(sinceStoreBack(prediction, { marks: [at('faultIssued', 5_000)] })).toBeNull();
    const expected = sinceStoreBack(prediction, {
      marks: [at('faultIssued', 5_000), at('faultEnded', 21_000)],
    });
    expect(expected?.minMs).toBe(prediction.minMs + 16_000);
    expect(expected?.maxMs).toBe(prediction.maxMs + 16_000);
    expect(expected?.p50Ms).toBeCloseTo(prediction.p50Ms + 16_000, 6);
  });
});
