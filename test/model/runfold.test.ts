// Whole recordings folded for reports: rounds as the screens have them, what stood around them, groups, verdicts.
import { expect, test } from 'vitest';
import { groupSentences } from '../../src/model/groupsentences.ts';
import { groupName } from '../../src/model/groupwords.ts';
import { phasesOf } from '../../src/model/phases.ts';
import { exitOfReport, reportVerdict } from '../../src/model/reportverdict.ts';
import { groupsOf } from '../../src/model/roundgroups.ts';
import { restoredIn, steadyIn } from '../../src/model/runtold.ts';
import { emptyTimeline, seeTimeline } from '../../src/model/timeline.ts';
import { terms } from './roundstream.ts';
import { runStream, runTold } from './runstream.ts';

test('its rounds are those of the fold that reads after every observation', () => {
  const wish = { handoversMs: [16_300, null, 18_100] };
  const always = runStream(wish).reduce(seeTimeline, emptyTimeline).rounds;
  expect(runTold(wish).rounds.map(({ round }) => round)).toEqual(always);
  expect(always.map(({ handover }) => handover?.ms ?? null)).toEqual([16_300, null, 18_100]);
});

test('phases count from the fault', () => {
  const [told] = runTold({ handoversMs: [16_300] }).rounds;
  if (!told) throw new Error('there is no round');
  expect(phasesOf(told.round)).toMatchObject({
    freeMs: 15_900,
    freedBy: 'leaseExpired',
    acquiredMs: 16_300,
    firstWorkMs: null,
  });
  expect(told).toMatchObject({ lock: 'Lease', standbys: 1, disarmed: true, lost: [] });
  expect(told.expected?.prediction).toMatchObject({ minMs: 13_000, maxMs: 23_800 });
  expect(told.before).toMatchObject({ leader: 'kuberm' });
  expect(told.beats.map(({ host, is }) => `${host} ${is}`)).toEqual([
    'kuberm renewed',
    'kuberm2 looked',
    'kuberm2 acquired',
  ]);
});

test('what was not put back is told, by marks and by the exit code', () => {
  expect(restoredIn(runTold({ handoversMs: [16_000] }))).toBe(true);
  expect(restoredIn(runTold({ handoversMs: [16_000], exit: 6 }))).toBe(false);
  const left = runTold({ handoversMs: [16_000], left: true });
  expect(restoredIn(left)).toBe(false);
  expect(left.rounds[0]?.lost).toEqual(['kube-scheduler.service on kuberm was active and is inactive.']);
  expect(left.rounds[0]?.disarmed).toBe(false);
  expect(restoredIn(runTold({ handoversMs: [16_000], left: true, exit: null }))).toBeNull();
  expect(steadyIn(runTold({ handoversMs: [16_000] }))).toBe(true);
  expect(steadyIn(runTold({ handoversMs: [16_000], exit: 5 }))).toBe(false);
  expect(steadyIn(runTold({ handoversMs: [16_000], exit: null }))).toBeNull();
});

test('rounds of several recordings stand together where they ask the same', () => {
  const longer = { ...terms, leaseDurationMs: 60_000 };
  const groups = groupsOf([
    runTold({ handoversMs: [16_000, 17_000] }, 'anna.ndjson'),
    runTold({ handoversMs: [18_000, null] }, 'bert.ndjson'),
    runTold({ handoversMs: [15_500], fault: 'kill' }, 'kill.ndjson'),
    runTold({ handoversMs: [61_000], terms: longer }, 'long.ndjson'),
  ]);
  expect(groups.map(({ fault, rounds, summary }) => [fault, rounds.length, summary.medianMs])).toEqual([
    ['stop', 4, 17_000],
    ['kill', 1, 15_500],
    ['stop', 1, 61_000],
  ]);
  expect(groups[2]?.prediction?.minMs).toBe(58_000);
});

test('how a round was made parts it from others: let restart, on a standby', () => {
  const groups = groupsOf([
    runTold({ handoversMs: [16_000], fault: 'kill' }),
    runTold({ handoversMs: [16_000], fault: 'kill', how: { restarts: true } }),
    runTold({ handoversMs: [null], fault: 'kill', how: { on: 'kuberm2' } }),
  ]);
  expect(groups.map(groupName)).toEqual([
    'kube-scheduler, kill, lock in Lease',
    'kube-scheduler, kill, let restart, lock in Lease',
    'kube-scheduler, kill of a standby, lock in Lease',
  ]);
  const [, , standby] = groups;
  expect(standby && groupSentences(standby)).toEqual(['A standby was struck, so no handover is expected.']);
  expect(standby?.rounds.map(({ told }) => phasesOf(told.round).freeMs)).toEqual([null]);
});

test('after a lost store lengths count from its return', () => {
  const [group] = groupsOf([runTold({ handoversMs: [16_000], fault: 'etcd' })]);
  expect(group?.summary.medianMs).toBe(-500);
  expect(group && groupSentences(group).join(' ')).toMatch(/count from the store's return/);
});

test('the verdict of a set, and its exit code', () => {
  const verdict = (...runs: Parameters<typeof reportVerdict>[0][number][]) => {
    const found = reportVerdict(runs);
    return [found.verdict, exitOfReport(found), found.why];
  };
  const good = runTold({ handoversMs: [16_000, 17_000] });
  expect(verdict(good)).toEqual(['passed', 0, 'All 2 rounds passed.']);
  expect(verdict(runTold({ handoversMs: [] }))).toEqual([
    'inconclusive',
    3,
    'No round was recorded, so there is nothing to judge.',
  ]);
  // 30 s of watching in which nobody takes the lock are more than the rules allow.
  expect(verdict(good, runTold({ handoversMs: [null] }))).toEqual(['failed', 1, '1 of 3 rounds failed.']);
  expect(verdict(runTold({ handoversMs: [16_000], left: true }, 'x'))).toEqual([
    'failed',
    1,
    'Not everything was put back in x.',
  ]);
});

test('log lines are kept by corrected time, what matters beside what is asked for', () => {
  const { logs, logsLeftOut } = runTold({ handoversMs: [16_000, 17_000], line: 'all is well' });
  expect(logs.map(({ atMs }) => atMs)).toEqual(logs.map(({ atMs }) => atMs).sort((a, b) => a - b));
  expect(logs.filter(({ line }) => line === 'all is well')).toHaveLength(2);
  expect(logs.filter(({ weighty, component }) => weighty && component === 'kube-scheduler')).toHaveLength(2);
  expect(logsLeftOut).toBe(0);
});
