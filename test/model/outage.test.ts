// The outage of a round, read off its canaries: what is measured, how far it may be off, what is missing.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { missingOf } from '../../src/model/outage.ts';
import { outageSentence } from '../../src/model/sentences.ts';
import {
  acquired,
  canary,
  fault,
  madeAndDone,
  mark,
  onlyRound,
  renewed,
  round,
  run,
  stopLogs,
  stopSteps,
  type Told,
} from './roundstream.ts';

const begun = (how: Parameters<typeof round>[2] = {}) =>
  round('begun', 15_000, { canaries: { everyMs: 200, namespace: 'n' }, ...how });
const stopped: readonly Told[] = [run('kuberm', 'kuberm2'), begun(), ...stopSteps.slice(1), ...stopLogs];
/** One every 200 ms: the old leader does the last at 20.6 s, the new one all that wait from 37.6 s on. */
const paced: readonly Told[] = Array.from({ length: 120 }, (_, index) => 16_000 + 200 * index).flatMap(
  (madeMs) =>
    madeAndDone(
      madeMs,
      madeMs < 20_700 ? madeMs + 10 : Math.max(madeMs + 10, 37_600 + (madeMs - 20_800) / 100),
    ),
);

describe('the outage', () => {
  it('reaches from the last canary done before the fault to the first done by the new leader', () => {
    const found = onlyRound([...stopped, ...paced]);
    expect(mark(found, 'firstWork')).toEqual({
      name: 'firstWork',
      atMs: 37_600,
      errorMs: 5,
      host: 'kuberm2',
      witness: 'canary pod',
    });
    expect(found.outage?.ms).toBe(37_600 - 20_610);
    // The old leader was able to work until the fault had taken effect, for all that the canaries show.
    expect(found.outage?.errorMs).toBeCloseTo(20_780.2 - 20_610 + 5, 6);
    expect(found.canaries).toEqual({ everyMs: 200, made: 120, backlog: 83, drainedMs: 468 });
    expect(missingOf(found)).toEqual([]);
    expect(outageSentence(found)).toBe(
      'No pod was scheduled for 16.99 s ± 176 ms; 83 waited when kuberm2 took the lock, and all were done 468 ms later.',
    );
  });

  it('holds the truth within its error, however the pace falls', () => {
    const instants = fc.record({
      stopMs: fc.double({ min: 20_700, max: 20_780, noNaN: true }),
      startMs: fc.double({ min: 37_301, max: 39_000, noNaN: true }),
      shiftMs: fc.double({ min: 0, max: 400, noNaN: true }),
      everyMs: fc.constantFrom(100, 200, 400),
    });
    fc.assert(
      fc.property(instants, ({ stopMs, startMs, shiftMs, everyMs }) => {
        const told: Told[] = [];
        for (let madeMs = 18_000 + shiftMs; madeMs < 41_000; madeMs += everyMs) {
          const takenMs = madeMs + 6 < stopMs ? madeMs : Math.max(madeMs, startMs);
          told.push(...madeAndDone(madeMs, takenMs + 6));
        }
        const { outage } = onlyRound([...stopped, ...told]);
        if (!outage) throw new Error('there is no outage');
        // What is felt, and what the pieces of work themselves show.
        expect(Math.abs(outage.ms - (startMs - stopMs))).toBeLessThanOrEqual(outage.errorMs + 6);
        expect(outage.errorMs).toBeLessThan(everyMs + 100);
      }),
      { numRuns: 30 },
    );
  });

  it('does not take the new leader’s work for the old one’s when the lock was given back at once', () => {
    const quick: readonly Told[] = [
      run('kuberm', 'kuberm2'),
      begun(),
      fault('issued', 20_700),
      // Taken before the command had returned.
      acquired('kuberm2', 20_750),
      fault('effective', 20_900),
    ];
    const found = onlyRound([...quick, ...madeAndDone(20_600, 20_610), ...madeAndDone(20_800, 20_810)]);
    // Nothing waited when the lock was taken: the new leader may have been ready ever since.
    expect(mark(found, 'firstWork')).toMatchObject({ atMs: 20_810, errorMs: expect.closeTo(60.2, 6) });
    expect(found.outage?.ms).toBe(200);
    expect(found.canaries).toMatchObject({ backlog: 0, drainedMs: 60 });
  });

  it('comes out the same in whatever order it is told', () => {
    const wanted = onlyRound([...stopped, ...paced]);
    fc.assert(
      fc.property(fc.shuffledSubarray([...paced], { minLength: paced.length }), (told) => {
        const { outage, canaries } = onlyRound([...stopped, ...told]);
        expect({ outage, canaries }).toEqual({ outage: wanted.outage, canaries: wanted.canaries });
      }),
      { numRuns: 20 },
    );
  });

  it('is of the round’s own component and namespace', () => {
    const others = [canary(20_695, 'kube-controller-manager'), canary(37_400, 'kube-controller-manager')];
    const earlier = madeAndDone(20_696, null).map((one) => ({
      ...one,
      seen: { ...one.seen, name: 'before/canary-1' } as Told['seen'],
    }));
    const found = onlyRound([...stopped, ...paced, ...others, ...earlier]);
    expect(found).toMatchObject({ outage: { ms: 16_990 }, canaries: { made: 120, backlog: 83 } });
  });
});

describe('what is missing of the outage', () => {
  const wanted = (told: readonly Told[]) => missingOf(onlyRound(told));

  it('is nothing where nobody was to watch it, as in older recordings', () => {
    expect(wanted([run('kuberm', 'kuberm2'), ...stopSteps, ...stopLogs])).toEqual([]);
  });

  it('is told with its reason where there were no canaries', () => {
    const missing = 'no canaries were wanted (--no-canary)';
    const found = onlyRound([
      run('kuberm', 'kuberm2'),
      begun({ canaries: { missing } }),
      ...stopSteps.slice(1),
      ...stopLogs,
    ]);
    expect(missingOf(found)).toEqual([missing]);
    expect(outageSentence(found)).toBe(`How long nothing was done is not known: ${missing}.`);
    expect(found.handover?.ms).toBe(16_600);
  });

  it('is told where one end or the backlog’s was not seen', () => {
    expect(wanted([...stopped, ...madeAndDone(20_600, 20_610), ...madeAndDone(20_800, null)])).toEqual([
      'no canary was done while the new leader was watched',
    ]);
    expect(wanted([...stopped, ...madeAndDone(20_800, 37_400)])).toEqual([
      'no canary was done before the fault took effect',
    ]);
    const half = [
      ...madeAndDone(20_600, 20_610),
      ...madeAndDone(20_800, 37_400),
      ...madeAndDone(21_000, null),
    ];
    expect(wanted([...stopped, ...half])).toEqual(['the backlog was not worked off while it was watched']);
  });

  it('is not asked for where nobody took the lock', () => {
    expect(
      wanted([run('kuberm', 'kuberm2'), begun(), ...stopSteps.slice(1), renewed('kuberm', 20_000)]),
    ).toEqual([]);
  });
});
