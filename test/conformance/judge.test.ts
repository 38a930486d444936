// The judge of the contest itself: it must see two leaders where there are two, and two distributions likewise.
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/model/random.ts';
import type { Happening } from './happening.ts';
import { bounds, tooManyLeaders, within } from './judge.ts';
import { compareSamples } from './twosample.ts';

const at = (ms: number, who: string, is: Happening['is']): Happening => ({
  atUs: ms * 1000,
  who,
  side: 'ours',
  is,
});

describe('two leaders', () => {
  const begun = [at(0, 'A', 'acquired'), at(5000, 'B', 'acquired')];

  it.each(['killed', 'told', 'stopped'] as const)('are none when the older one was %s before', (is) => {
    expect(tooManyLeaders([...begun, at(4000, 'A', is)])).toEqual([]);
  });

  it('are too many when the older one was not frozen', () => {
    expect(tooManyLeaders(begun)).toHaveLength(1);
    expect(tooManyLeaders([...begun, at(5001, 'A', 'frozen')])).toHaveLength(1);
    expect(tooManyLeaders([...begun, at(1000, 'A', 'frozen'), at(1500, 'A', 'woken')])).toHaveLength(1);
  });

  it('are allowed for a late answer to a leader that gives up by itself', () => {
    expect(tooManyLeaders([...begun, at(5900, 'A', 'stopped')])).toEqual([]);
    expect(tooManyLeaders([...begun, at(5900, 'A', 'killed')])).toHaveLength(1);
    expect(tooManyLeaders([...begun, at(6100, 'A', 'stopped')])).toHaveLength(1);
  });

  it('are allowed for a renew deadline after waking', () => {
    const frozen = [...begun, at(1000, 'A', 'frozen'), at(6000, 'A', 'woken')];
    expect(tooManyLeaders([...frozen, at(8040, 'A', 'stopped')])).toEqual([]);
    expect(tooManyLeaders([...frozen, at(8600, 'A', 'stopped')])).toHaveLength(1);
    expect(tooManyLeaders(frozen)).toHaveLength(1);
  });
});

it('bounds handovers by the rules: 2 to 7.4 s without a release, at most 2.2 s after one', () => {
  expect(bounds.silent.min).toBe(2000);
  expect(bounds.silent.max).toBeCloseTo(7400);
  expect(bounds.released.max).toBeCloseTo(2200);
  expect(within(1400, bounds.silent)).toBe(false);
  expect(within(8000, bounds.silent)).toBe(false);
});

it('tells two distributions apart and leaves one alone', () => {
  const random = seededRandom(1);
  const draw = (from: number) => Array.from({ length: 30 }, () => from + 1000 * random());
  expect(compareSamples(draw(0), draw(0), 7).p).toBeGreaterThan(0.01);
  expect(compareSamples(draw(0), draw(700), 7).p).toBeLessThan(0.001);
  expect(compareSamples([1, 1, 1], [1, 1, 1], 7)).toEqual({ distance: 0, p: 1 });
});
