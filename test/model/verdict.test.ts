// Whether a round was good, by who was struck and who took the lock.
import { expect, test } from 'vitest';
import { verdictOf } from '../../src/model/verdict.ts';
import { acquired, clock, fault, lockSeen, onlyRound, record, round, run, type Told } from './roundstream.ts';

const masters = ['kuberm', 'kuberm2'];
const struck = (on: string | undefined, told: readonly Told[]) =>
  verdictOf(
    onlyRound([
      run(...masters),
      ...masters.map((name) => clock(name, 1, 0)),
      lockSeen(2, 1, record('kuberm_1')),
      round('begun', 10, on === undefined ? {} : { on }),
      fault('issued', 100),
      ...told,
      round('ended', 40_000, on === undefined ? {} : { on }),
    ]),
    { maxHandoverMs: null, longestMs: null },
  );
const taken: readonly Told[] = [acquired('kuberm2', 17_000), lockSeen(17_001, 2, record('kuberm2_1'))];

test.each([
  ['a standby was struck, and nothing moved', 'kuberm2', [], 'passed', /^No handover: kuberm2 only stood by/],
  ['a standby was struck, and took the lock', 'kuberm2', taken, 'failed', /which stood by, was struck/],
  [
    'the leader was struck for a moment',
    'kuberm',
    [],
    'passed',
    /^No handover: kuberm was struck for too short/,
  ],
  ['the leader was struck for longer than it bears', 'kuberm', taken, 'passed', null],
  ['the leader was struck, to lose its lock, and did not', undefined, [], 'inconclusive', /Nobody was seen/],
] as const)('%s', (_, on, told, verdict, why) => {
  const found = struck(on, told);
  expect(found.verdict).toBe(verdict);
  if (why === null) expect(found.why).toBeNull();
  else expect(found.why).toMatch(why);
});
