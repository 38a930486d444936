// A round tells what came to pass: on the master that was struck, and no lease that never ran out.
import { describe, expect, it } from 'vitest';
import { failoverJson } from '../../src/model/failoverJson.ts';
import { expectedOf, predictionFor } from '../../src/model/predictfault.ts';
import { emptyScene, seeScene } from '../../src/model/scene.ts';
import { resultSentence, roundSentences } from '../../src/model/sentences.ts';
import {
  acquired,
  clock,
  fault,
  lockSeen,
  looked,
  mark,
  observations,
  onlyRound,
  record,
  renewed,
  round,
  run,
  stopLogs,
  type Told,
  terms,
  unit,
} from './roundstream.ts';

const masters = [run('kuberm', 'kuberm2'), clock('kuberm', 1, 0), clock('kuberm2', 1, 0)];
const every2s = (host: string, from: number, to: number, see = renewed) =>
  Array.from({ length: Math.floor((to - from) / 2000) + 1 }, (_, at) => see(host, from + 2000 * at));

/** Both go on as if nothing was, until the round is over. */
const unmoved = (how: { readonly on?: string }, endMs = 40_000): readonly Told[] => [
  ...masters,
  round('begun', 10_000, how),
  ...every2s('kuberm', 12_000, endMs),
  ...every2s('kuberm2', 13_000, endMs, looked),
  fault('issued', 14_500),
  fault('ended', 19_500),
  fault('restored', 20_000),
  round('ended', endMs, how),
];

describe('a standby that was struck', () => {
  const found = onlyRound(unmoved({ on: 'kuberm2' }));

  it('is named as the master it was done on', () => {
    expect(resultSentence(found)).toBe(
      'Nobody else was seen taking the lock after kube-scheduler was stopped on kuberm2.',
    );
    const moved = { ...found, to: 'kuberm2', handover: { ms: 3000, errorMs: 1 } };
    expect(resultSentence(moved)).toMatch(/^kuberm2 took the lock 3\.00 s .* stopped on kuberm2\.$/);
  });

  it('leads nobody to expect a handover', () => {
    const rules = predictionFor({ fault: 'stop', terms, standbys: 1, rounds: 100 });
    expect(expectedOf(rules, found)).toBeNull();
    expect(expectedOf(rules, onlyRound(unmoved({ on: 'kuberm' })))).toBe(rules.prediction);
    expect(expectedOf(rules, onlyRound(unmoved({})))).toBe(rules.prediction);
  });

  it('has no lease that ran out, though the leader’s renewals were not seen', () => {
    const quiet = unmoved({ on: 'kuberm2' }).filter(
      ({ seen, host, atMs }) => seen.kind !== 'log' || host !== 'kuberm' || atMs < 18_000,
    );
    expect(mark(onlyRound(quiet), 'leaseExpired')).toBeNull();
    expect(mark(found, 'leaseExpired')).toBeNull();
  });
});

describe('the end of a lease', () => {
  it('is no mark where its holder renewed before it', () => {
    expect(mark(onlyRound(unmoved({ on: 'kuberm' })), 'leaseExpired')).toBeNull();
    // Its log is silent, and the lock tells.
    const renewals = Array.from({ length: 14 }, (_, at) =>
      lockSeen(12_003 + 2000 * at, 5 + at, record('kuberm_1')),
    );
    const logs = unmoved({}).filter(({ seen, host }) => seen.kind !== 'log' || host !== 'kuberm');
    expect(mark(onlyRound([...logs, ...renewals]), 'leaseExpired')).toBeNull();
  });

  it('is none after the last that was seen: of the round that ended, and of a recording cut off', () => {
    const cut = [...masters, round('begun', 15_000), ...stopLogs.slice(0, 4), fault('issued', 20_700)];
    // While it goes on, what is to come is told.
    expect(mark(onlyRound(cut), 'leaseExpired')?.atMs).toBe(36_500);
    const over = [...cut, fault('ended', 21_700), fault('restored', 21_900), round('ended', 24_000)];
    expect(mark(onlyRound(over), 'leaseExpired')).toBeNull();
    const scene = observations(cut).reduce(seeScene, emptyScene);
    const context = {
      component: 'kube-scheduler',
      fault: 'stop',
      recording: null,
      maxHandoverMs: null,
    } as const;
    const told = failoverJson(scene, { ...context, predicted: () => null, restored: true, steady: true });
    const names = told.rounds[0]?.marks.map(({ name }) => name);
    expect(names).toEqual(['lastRenew', 'faultIssued']);
    const seen = observations([...over.slice(0, -1), round('ended', 36_600)]);
    const late = failoverJson(seen.reduce(seeScene, emptyScene), {
      ...context,
      predicted: () => null,
      restored: true,
      steady: true,
    });
    expect(late.rounds[0]?.marks.map(({ name }) => name)).toContain('leaseExpired');
  });
});

describe('a zombie', () => {
  const zombie = { fault: 'zombie' } as const;
  const woken = (...more: Told[]) =>
    onlyRound([
      ...masters,
      lockSeen(10_000, 1, record('kuberm_1')),
      round('begun', 15_000, zombie),
      renewed('kuberm', 20_000),
      looked('kuberm2', 21_500),
      fault('issued', 20_700, zombie),
      acquired('kuberm2', 37_300),
      lockSeen(37_301, 2, record('kuberm2_1', { acquireTime: '2026-11-22T20:00:37.300Z' })),
      ...more,
    ]);

  it('is told to have emptied the record of its successor', () => {
    const emptied = woken(lockSeen(41_000, 3, record('')));
    expect(roundSentences(emptied)).toContainEqual(
      expect.stringMatching(
        /^kuberm emptied the record of kuberm2 \d+\.\d+ s after the fault; nobody was seen/,
      ),
    );
    const alone = woken(unit(41_000, 'active', 7), unit(42_000, 'inactive', null));
    expect(roundSentences(alone)).toContain('On its way out kuberm left the record of kuberm2 alone.');
    expect(roundSentences(woken())).not.toContainEqual(expect.stringMatching(/emptied|left the record/));
  });
});
