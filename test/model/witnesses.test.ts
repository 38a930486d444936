// Witnesses of a take-over held against one another, and clocks that were set while a round went on.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clockSteps, instantAcross } from '../../src/model/clocksteps.ts';
import { writeTime } from '../../src/model/rfc3339.ts';
import { roundSentences } from '../../src/model/sentences.ts';
import type { OffsetSample } from '../../src/model/time.ts';
import { verdictOf } from '../../src/model/verdict.ts';
import {
  acquired,
  clock,
  fault,
  leaderEvent,
  lockSeen,
  looked,
  mark,
  onlyRound,
  record,
  renewed,
  round,
  run,
  startedAtMs,
  stopLogs,
  stopSteps,
  type Told,
} from './roundstream.ts';

const offsetMs = 5000;
const truth = 37_300;
const steady = ['kuberm', 'kuberm2'].flatMap((host) => [
  clock(host, 100, offsetMs),
  clock(host, 60_000, offsetMs),
]);
const onHost = (atMs: number) => writeTime(startedAtMs + atMs + offsetMs);
const wholeSecond = (atMs: number) => onHost(atMs).replace(/\.\d+/, '');
const begun = [run('kuberm', 'kuberm2'), ...steady, ...stopSteps, ...stopLogs];

interface Seen {
  readonly acquireTime?: string;
  readonly watchMs?: number;
  readonly event?: readonly [atMs: number, time: string | null];
}

const seen = ({ acquireTime = onHost(truth - 4), watchMs = truth + 20, event }: Seen) =>
  onlyRound([
    ...begun,
    lockSeen(watchMs, 8, record('kuberm2_u', { acquireTime })),
    ...(event ? [leaderEvent(event[0], 'kuberm2_u', event[1])] : []),
  ]);

describe('witnesses of the take-over', () => {
  it('take no event for this take-over that a returning API server only lists again', () => {
    const listedAgain = seen({ event: [truth - 3_000, wholeSecond(-600_000)] });
    expect(listedAgain.witnesses?.map(({ witness }) => witness)).not.toContain('LeaderElection event');
    expect(listedAgain.doubts).toBeUndefined();
  });

  it('are all shown with their errors, the log line as the mark', () => {
    const found = seen({ event: [truth + 60, wholeSecond(truth)] });
    expect(found.witnesses?.map(({ witness, bounds }) => [witness, bounds])).toEqual([
      ['log line', 'at'],
      ['lock record', 'notBefore'],
      ['lock watch', 'notAfter'],
      ['LeaderElection event', 'notAfter'],
    ]);
    expect(found.witnesses?.[1]?.atMs).toBeCloseTo(truth - 4, 3);
    expect(found.doubts).toBeUndefined();
    expect(mark(found, 'acquired')).toMatchObject({ atMs: truth, witness: 'log line' });
    expect(roundSentences(found)).toContain(
      'Its LeaderElection event was seen 60 ms after it took the lock.',
    );
  });

  it('take an annotation for one whole second', () => {
    expect(seen({ acquireTime: wholeSecond(truth) }).doubts).toBeUndefined();
    expect(seen({ acquireTime: wholeSecond(truth) }).witnesses?.[1]?.errorMs).toBeGreaterThanOrEqual(500);
    // The line at .300 of a second: the next second's beginning is too late.
    const late = seen({ acquireTime: wholeSecond(truth + 1000), watchMs: truth + 900 });
    expect(late.doubts?.[0]).toMatch(
      /acquireTime kuberm2 wrote into the lock's record.*kuberm2's own log line/,
    );
  });

  it.each<[string, Seen, RegExp]>([
    [
      'a record after the line',
      { acquireTime: onHost(truth + 30), watchMs: truth + 40 },
      /acquireTime.*own log line/,
    ],
    [
      'a watch event long before the line',
      { acquireTime: onHost(33_000), watchMs: 33_100 },
      /own log line.*watch event/,
    ],
    [
      'a record after the watch event',
      { acquireTime: onHost(truth + 400), watchMs: truth + 20 },
      /acquireTime.*watch event/,
    ],
    ['an event seen long before the line', { event: [35_000, null] }, /own log line.*LeaderElection event/],
  ])('doubt %s, and the round is inconclusive', (_, what, why) => {
    const found = seen(what);
    expect(found.doubts?.join(' ')).toMatch(why);
    const verdict = verdictOf(found, { maxHandoverMs: 60_000, longestMs: null });
    expect(verdict.verdict).toBe('inconclusive');
    expect(verdict.why).toMatch(/further apart than their errors allow/);
  });

  it('are not doubted for what their errors explain', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 400, noNaN: true }),
        fc.double({ min: -1, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 300, noNaN: true }),
        (errorMs, part, lateMs) => {
          // The measured offset is off by less than its error: whatever it does to the times, nobody lied.
          const wrong = (host: string) => [
            clock(host, 100, offsetMs + errorMs * part, errorMs),
            clock(host, 60_000, offsetMs + errorMs * part, errorMs),
          ];
          const line = { ...acquired('kuberm2', truth - errorMs * part), errorMs };
          const found = onlyRound([
            run('kuberm', 'kuberm2'),
            ...wrong('kuberm2'),
            ...stopSteps,
            line,
            lockSeen(truth + lateMs, 8, record('kuberm2_u', { acquireTime: onHost(truth - 4) })),
          ]);
          expect(found.doubts).toBeUndefined();
        },
      ),
    );
  });

  it('count the old leader, too, once the store was gone', () => {
    const how = { fault: 'etcd' };
    const told = [
      run('kuberm', 'kuberm2'),
      round('begun', 15_000, how),
      renewed('kuberm', 20_000),
      fault('issued', 20_700, how),
      acquired('kuberm', 78_000),
    ];
    expect(onlyRound(told)).toMatchObject({ to: 'kuberm', handover: { ms: 57_300 } });
  });
});

/** What a host's clock shows, and what samples of it say, for an offset that changes as it likes. */
function hostWith(offsetAtMs: (atMs: number) => number) {
  return {
    shows: (atMs: number) => startedAtMs + atMs + offsetAtMs(atMs),
    samples: (...times: readonly number[]): readonly OffsetSample[] =>
      times.map((atMs) => ({ atMs: startedAtMs + atMs, offsetMs: offsetAtMs(atMs), errorMs: 0.2 })),
    clocks: (host: string, ...times: readonly number[]) =>
      times.map((atMs) => clock(host, atMs, offsetAtMs(atMs))),
  };
}

const every10s = [0, 10_000, 20_000, 30_000, 40_000, 50_000, 60_000];

describe('a clock that is set or runs badly', () => {
  it('leaves the truth within the error, whenever and however far it was set', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 59_999 }),
        // What is less than drift may do in ten seconds cannot be told from it.
        fc.integer({ min: -8000, max: 8000 }).filter((byMs) => Math.abs(byMs) > 6),
        fc.integer({ min: 0, max: 60_000 }),
        (setMs, byMs, atMs) => {
          const host = hostWith((at) => (at < setMs ? 0 : byMs));
          const found = instantAcross(host.samples(...every10s), host.shows(atMs));
          expect(Math.abs(found.atMs - startedAtMs - atMs)).toBeLessThanOrEqual(found.errorMs + 1e-3);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('leaves it there for a drift of 200 ppm, and the error small', () => {
    const host = hostWith((at) => 3000 + 2e-4 * at);
    for (let atMs = 500; atMs < 60_000; atMs += 700) {
      const found = instantAcross(host.samples(...every10s), host.shows(atMs));
      expect(Math.abs(found.atMs - startedAtMs - atMs)).toBeLessThanOrEqual(found.errorMs);
      expect(found.errorMs).toBeLessThan(5);
    }
  });

  it('is no step while errors explain it', () => {
    expect(clockSteps(hostWith(() => 12).samples(...every10s))).toEqual([]);
    expect(clockSteps(hostWith((at) => 5e-5 * at).samples(...every10s))).toEqual([]);
  });

  /** As a run stamps lines: by the samples known when they come; the new leader's clock is set at 30 s. */
  const streamOf = (byMs: number): readonly Told[] => {
    const host = hostWith((at) => (at < 32_000 ? 0 : byMs));
    const stamped = (one: Told): Told =>
      one.seen.kind !== 'log' || one.host !== 'kuberm2'
        ? one
        : // Stamped by the last sample before, at 30 s: wrong by all the step.
          {
            ...one,
            atMs: host.shows(one.atMs) - startedAtMs,
            seen: { ...one.seen, writtenMs: host.shows(one.atMs) },
          };
    return [
      run('kuberm', 'kuberm2'),
      ...host.clocks('kuberm2', 0, 10_000, 20_000, 30_000),
      ...stopSteps,
      ...[renewed('kuberm', 20_000), looked('kuberm2', 21_500), acquired('kuberm2', truth)].map(stamped),
      ...host.clocks('kuberm2', 37_000, 50_000),
    ];
  };

  it.each([3000, -3000, 250])(
    'is seen, said, and does not move the result beyond its error: %i ms',
    (byMs) => {
      const found = onlyRound(streamOf(byMs));
      const taken = mark(found, 'acquired');
      expect(Math.abs((taken?.atMs ?? 0) - truth)).toBeLessThanOrEqual(taken?.errorMs ?? 0);
      expect(found.remarks).toEqual([
        expect.stringMatching(/^The clock of kuberm2 (?:was set (?:forward|back) by|ran)/),
      ]);
      expect(roundSentences(found)).toContain(found.remarks?.[0]);
    },
  );

  const runningAway = (rate: number) =>
    onlyRound([
      run('kuberm', 'kuberm2'),
      ...hostWith((at) => rate * at).clocks('kuberm2', ...every10s),
      ...stopSteps,
      ...stopLogs,
    ]);

  it('is told by its rate where it was not set', () => {
    const found = runningAway(2e-4);
    expect(found.remarks?.[0]).toMatch(
      /^The clock of kuberm2 ran 200 ppm fast in this round \(10 ms ± 0\.4 ms in 50\.00 s\)/,
    );
  });

  it('runs as clocks do: nothing is said', () => {
    expect(runningAway(5e-5).remarks).toBeUndefined();
  });

  it('before the round is no matter of it', () => {
    const host = hostWith((at) => (at < 1000 ? 0 : 3000));
    const late = (one: Told): Told => ({ ...one, atMs: one.atMs + 100_000 });
    const found = onlyRound([
      run('kuberm', 'kuberm2'),
      ...host.clocks('kuberm2', 0, 10_000, 110_000, 150_000),
      ...stopSteps.map(late),
    ]);
    expect(found.remarks).toBeUndefined();
  });
});
