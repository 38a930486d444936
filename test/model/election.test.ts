// Leader election in virtual time: what the rules promise, for every seed, fault moment and latency tried.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ElectionRules, rulesOf1_6, rulesOf1_36 } from '../../src/model/electionrules.ts';
import type { ElectionTerms } from '../../src/model/observation.ts';
import { ElectionWorld } from './electionworld.ts';

const terms: ElectionTerms = {
  leaseDurationMs: 15_000,
  renewDeadlineMs: 10_000,
  retryPeriodMs: 2000,
  releasesOnStop: true,
};
const silent: ElectionTerms = { ...terms, releasesOnStop: false };
const eras: readonly (readonly [string, ElectionRules])[] = [
  ['1.6', rulesOf1_6],
  ['1.36', rulesOf1_36],
];

/** A leads, B stands by, `ageMs` into steady state. */
function steady(rules: ElectionRules, seed: number, ageMs: number, standbys = 1): ElectionWorld {
  const world = new ElectionWorld({ rules, seed });
  world.start('A', terms, 7000);
  world.run(500);
  for (let index = 0; index < standbys; index += 1) world.start(`B${index}`, terms, -3000 * index);
  world.run(20_000 + ageMs);
  return world;
}

/** Runs until a leader has just renewed: between two requests, where it is nearly always. */
function untilRenewed(world: ElectionWorld): void {
  const before = world.said.length;
  world.run(world.nowMs + 5000, () => world.said.slice(before).some(({ say }) => say.is === 'renewed'));
}

const anySeed = fc.integer({ min: 0, max: 2 ** 31 });
const anyAge = fc.integer({ min: 0, max: 30_000 });
/** Requests here take up to 6 ms there and back, at most three a try. */
const slackMs = 40;

describe.each(eras)('leader election as in %s', (_, rules) => {
  it('acquires an empty lock at once and goes on renewing', () => {
    const world = new ElectionWorld({ rules, seed: 1 });
    world.start('A', terms);
    world.run(10_000);
    const says = world.said.map(({ say }) => say.is);
    expect(says.slice(0, 3)).toEqual(['attempting', 'becameLeader', 'acquired']);
    expect(world.said[2]?.atMs).toBeLessThan(20);
    expect(says.filter((is) => is === 'renewed').length).toBeGreaterThanOrEqual(4);
    expect(world.record).toMatchObject({ holder: 'A', transitions: 0, leaseDurationSeconds: 15 });
  });

  it('hands over a killed leader within the closed bounds, whatever the clocks say', () => {
    fc.assert(
      fc.property(anySeed, anyAge, fc.integer({ min: 1, max: 3 }), (seed, age, standbys) => {
        const world = steady(rules, seed, age, standbys);
        world.kill('A');
        const took = world.handover('A');
        expect(took).toBeGreaterThanOrEqual(13_000 - slackMs);
        expect(took).toBeLessThanOrEqual(23_800 + slackMs);
        expect(world.record?.transitions).toBe(1);
      }),
      { numRuns: 150 },
    );
  });

  it('never has two leaders while nobody is frozen, killed and restarted at will', () => {
    fc.assert(
      fc.property(
        anySeed,
        fc.array(fc.tuple(fc.constantFrom('A', 'B', 'C'), anyAge), { maxLength: 8 }),
        (seed, faults) => {
          const world = new ElectionWorld({ rules, seed, latencyMs: 40 });
          for (const identity of ['A', 'B', 'C']) world.start(identity, terms);
          const one = () => {
            expect(world.leaders().length).toBeLessThanOrEqual(1);
            return false;
          };
          for (const [identity, pause] of faults) {
            world.run(world.nowMs + pause, one);
            if (world.isUp(identity)) world.kill(identity);
            else world.start(identity, terms);
          }
          world.run(world.nowMs + 30_000, one);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('a leader cut off gives up before anybody can take over', () => {
    fc.assert(
      fc.property(anySeed, anyAge, (seed, age) => {
        const world = steady(rules, seed, age);
        const cutAt = world.nowMs;
        world.cut('A', 'refused');
        world.run(cutAt + 30_000, () => {
          expect(world.leaders().length).toBeLessThanOrEqual(1);
          return false;
        });
        const gaveUp = world.said.find(({ say }) => say.is === 'gaveUp');
        const after = (gaveUp?.atMs ?? Number.NaN) - cutAt;
        const [least, most] = rules === rulesOf1_6 ? [8000, 10_000] : [10_000, 12_000];
        expect(after).toBeGreaterThanOrEqual(least - slackMs);
        expect(after).toBeLessThanOrEqual(most + slackMs);
      }),
      { numRuns: 60 },
    );
  });
});

describe('what changed between 1.6 and 1.36', () => {
  it('1.36 releases when stopped: at most one look of the standby, no more', () => {
    fc.assert(
      fc.property(anySeed, anyAge, (seed, age) => {
        const world = steady(rulesOf1_36, seed, 0);
        // A renewal under way would meet the release with a conflict, and nothing would be released.
        untilRenewed(world);
        world.run(world.nowMs + (age % 1900));
        world.cancel('A');
        expect(world.handover('A')).toBeLessThanOrEqual(4400 + slackMs);
      }),
      { numRuns: 150 },
    );
  });

  it('a component that does not release dies as if killed', () => {
    const world = new ElectionWorld({ rules: rulesOf1_36, seed: 3 });
    world.start('A', silent);
    world.run(100);
    world.start('B', silent);
    world.run(20_000);
    world.cancel('A');
    expect(world.record?.holder).toBe('A');
    expect(world.handover('A')).toBeGreaterThan(13_000);
  });

  it('1.6 takes its own lock back after a restart, 1.36 has a new identity and waits', () => {
    const old = steady(rulesOf1_6, 5, 0);
    old.kill('A');
    old.start('A', terms);
    old.run(old.nowMs + 100);
    expect(old.said.at(-1)).toMatchObject({ who: 'A', say: { is: 'acquired' } });
    expect(old.record).toMatchObject({ holder: 'A', transitions: 0 });

    const late = steady(rulesOf1_36, 5, 0);
    late.kill('A');
    late.start('A2', terms);
    expect(late.handover('nobody')).toBeGreaterThan(13_000);
  });

  it('a frozen leader that wakes goes on for ten seconds in 1.36 and not at all in 1.6', () => {
    fc.assert(
      fc.property(anySeed, anyAge, (seed, age) => {
        for (const [rules, leastMs, mostMs] of [
          [rulesOf1_36, 9990, 10_010],
          [rulesOf1_6, 0, 20],
        ] as const) {
          const world = steady(rules, seed, age);
          // Frozen between two requests, as nearly always.
          untilRenewed(world);
          world.freeze('A');
          world.handover('A');
          world.run(world.nowMs + 5000);
          const woken = world.nowMs;
          world.thaw('A');
          world.run(woken + 15_000);
          const gaveUp = world.said.find(({ who, say }) => who === 'A' && say.is === 'gaveUp');
          const acted = (gaveUp?.atMs ?? Number.NaN) - woken;
          expect(acted).toBeGreaterThanOrEqual(leastMs);
          expect(acted).toBeLessThanOrEqual(mostMs);
          expect(world.leaders()).toEqual(['B0']);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('a frozen ex-leader told to stop empties the record of its successor in 1.36', () => {
    const world = steady(rulesOf1_36, 11, 0);
    untilRenewed(world);
    world.freeze('A');
    world.handover('A');
    world.run(world.nowMs + 5100);
    const transitions = world.record?.transitions;
    world.cancel('A');
    world.thaw('A');
    world.run(world.nowMs + 1000, () => world.record?.holder === '');
    expect(world.record).toMatchObject({ holder: '', leaseDurationSeconds: 1, transitions });
    world.run(world.nowMs + 5000);
    expect(world.record).toMatchObject({ holder: 'B0', transitions: (transitions ?? 0) + 1 });
  });

  it('a hanging API server holds a 1.6 leader for ever and a 1.36 one for its deadline', () => {
    const old = steady(rulesOf1_6, 2, 0);
    old.cut('A', 'hanging');
    old.run(old.nowMs + 300_000);
    expect(old.leaders()).toEqual(['A', 'B0']);
    const late = steady(rulesOf1_36, 2, 0);
    late.cut('A', 'hanging');
    const cutAt = late.nowMs;
    late.run(cutAt + 12_100);
    expect(late.said.find(({ say }) => say.is === 'gaveUp')?.atMs).toBeGreaterThan(cutAt + 9900);
    // One that would release first asks for the record: its last request hangs for its limit too.
    late.run(cutAt + 12_100 + 5000);
    expect(late.isUp('A')).toBe(false);
  });

  it('writes without looking from 1.30, looks first in 1.6', () => {
    for (const [rules, slow] of [
      [rulesOf1_36, 'B0'],
      [rulesOf1_6, 'nobody'],
    ] as const) {
      const world = steady(rules, 4, 0);
      world.kill('A');
      world.handover('A');
      // A write by somebody else in between: only the writer that did not look is surprised.
      untilRenewed(world);
      world.start('meddler', { ...terms, leaseDurationMs: 1000 });
      world.run(world.nowMs + 30_000);
      const surprised = world.said.filter(({ say }) => say.is === 'requestFailed').map(({ who }) => who);
      expect(surprised.includes(slow)).toBe(false);
    }
  });
});
