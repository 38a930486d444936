// Two and three candidates in virtual time under random faults: never two leaders beyond what client-go's rules allow.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { rulesOf1_36 } from '../../src/model/electionrules.ts';
import { ElectionWorld } from './electionworld.ts';

/** Without a release: a frozen ex-leader that is told to stop may empty its successor's record (fact of its own test). */
const terms = {
  leaseDurationMs: 15_000,
  renewDeadlineMs: 10_000,
  retryPeriodMs: 2000,
  releasesOnStop: false,
};
const { renewDeadlineMs: renew, retryPeriodMs: retry } = terms;
/** Requests take at most this there and back; the bounds below take in one or two of them. */
const slowestMs = 1000;

type Deed = 'kill' | 'freeze' | 'thaw' | 'refuse' | 'hang' | 'connect' | 'touch' | 'slow' | 'quick';
interface Act {
  readonly afterMs: number;
  readonly deed: Deed;
  readonly whom: number;
}

interface Overlap {
  readonly older: string;
  readonly atMs: number;
  /** When the younger one acquired. */
  readonly sinceMs: number;
  /** Whether anybody took over while the older one was frozen. */
  readonly succeeded: boolean;
}

/** Plays the acts; a killed candidate is followed by a new one under a new name. */
function play(seed: number, candidates: number, acts: readonly Act[]) {
  const world = new ElectionWorld({ rules: rulesOf1_36, seed, latencyMs: 3 });
  const frozen = new Set<string>();
  const woken = new Map<string, number>();
  const overlaps: Overlap[] = [];
  const acquired = new Map<string, number>();
  const succeeded = new Set<string>();
  let [told, named] = [0, 0];
  const slots: string[] = [];
  const start = (slot: number) => {
    named += 1;
    slots[slot] = `candidate-${named}`;
    world.start(slots[slot], terms);
  };
  const look = () => {
    for (const { who, say, atMs } of world.said.slice(told))
      if (say.is === 'acquired') {
        acquired.set(who, atMs);
        for (const other of frozen) succeeded.add(other);
      }
    told = world.said.length;
    slots.forEach((who, slot) => {
      if (!world.isUp(who)) start(slot);
    });
    const leading = world
      .leaders()
      .map((who) => ({ who, sinceMs: acquired.get(who) ?? 0 }))
      .sort((a, b) => a.sinceMs - b.sinceMs);
    const [older, younger] = leading;
    if (!older || !younger) return false;
    const { who } = older;
    overlaps.push({
      older: who,
      atMs: world.nowMs,
      sinceMs: younger.sinceMs,
      succeeded: succeeded.has(who),
    });
    return false;
  };
  for (let slot = 0; slot < candidates; slot += 1) start(slot);
  const violations: string[] = [];
  let judged = 0;
  const judge = () => {
    for (const { older, atMs, sinceMs, succeeded: late } of overlaps.slice(judged)) {
      const afterMs = atMs - (woken.get(older) ?? Number.NEGATIVE_INFINITY);
      // Frozen within a renewal that was answered in time, it begins its round a retry period after waking.
      const limit = late ? renew + 2 * slowestMs : renew + retry + 2 * slowestMs;
      if (afterMs > limit)
        violations.push(`${older} acts ${afterMs} ms after waking, ${atMs - sinceMs} ms beside another`);
    }
    judged = overlaps.length;
  };
  for (const { afterMs, deed, whom } of acts) {
    world.run(world.nowMs + afterMs, look);
    judge();
    const who = slots[whom % candidates] ?? '';
    if (deed === 'kill') {
      frozen.delete(who);
      world.kill(who);
    }
    if (deed === 'freeze') {
      frozen.add(who);
      world.freeze(who);
    }
    if (deed === 'thaw' && frozen.delete(who)) {
      woken.set(who, world.nowMs);
      world.thaw(who);
    }
    if (deed === 'refuse') world.cut(who, 'refused');
    if (deed === 'hang') world.cut(who, 'hanging');
    if (deed === 'connect') world.cut(who, 'no');
    if (deed === 'touch') world.touch();
    if (deed === 'slow') world.latencyMs = slowestMs / 2;
    if (deed === 'quick') world.latencyMs = 3;
  }
  return { violations, overlaps: overlaps.length, handovers: acquired.size };
}

const deeds: readonly Deed[] = [
  'kill',
  'freeze',
  'freeze',
  'thaw',
  'thaw',
  'refuse',
  'hang',
  'connect',
  'touch',
  'slow',
  'quick',
];
const anyActs = fc.array(
  fc.record({
    afterMs: fc.integer({ min: 0, max: 25_000 }),
    deed: fc.constantFrom(...deeds),
    whom: fc.nat(2),
  }),
  { minLength: 20, maxLength: 60 },
);

it.each([2, 3])('%i candidates never lead at once for longer than the rules allow', (candidates) => {
  const seen = { overlaps: 0, handovers: 0 };
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 31 }), anyActs, (seed, acts) => {
      const { violations, overlaps, handovers } = play(seed, candidates, acts);
      seen.overlaps += overlaps;
      seen.handovers += handovers;
      expect(violations).toEqual([]);
    }),
    { numRuns: 200 },
  );
  // Freezes were long enough to be succeeded in: otherwise nothing was tried.
  expect(seen.handovers).toBeGreaterThan(500);
  expect(seen.overlaps).toBeGreaterThan(150);
});
