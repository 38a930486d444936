// When a fault was over, as a round tells it: by the command that ended it, and only where a fault came about.
import { expect, test } from 'vitest';
import type { FaultKind } from '../../src/experiment/faults.ts';
import { runRound } from '../../src/experiment/round.ts';
import type { Sighting } from '../../src/model/observation.ts';
import { lostConnection } from './fakemaster.ts';
import { fakeRound } from './fakeround.ts';

const unit = 'kube-scheduler.service';

function watchedRound(fault: FaultKind) {
  const round = fakeRound();
  const ends: Sighting[] = [];
  const request = {
    ...round.request,
    fault,
    observe(one: Sighting) {
      if (one.seen.kind === 'fault' && one.seen.phase === 'ended') ends.push(one);
      round.request.observe(one);
    },
  };
  const [a] = round.masters;
  if (!a) throw new Error('a master');
  const marks = () => round.request.stage.scene().timeline.rounds[0]?.marks.map(({ name }) => name) ?? [];
  return { round, request, a, ends, marks };
}

test('one that never came about has no end, though what had been prepared is taken back', async () => {
  const { request, a, ends, marks } = watchedRound('cut');
  let lost = 0;
  a.before = (line) => {
    if (line.includes(' -N ') && lost++ === 0) throw lostConnection();
    return undefined;
  };
  await expect(runRound(request)).rejects.toMatchObject({ code: 'connection-lost' });
  expect(a.changes).toContain('iptables -w -X KHA-LAB-CUT');
  expect(ends).toEqual([]);
  expect(marks()).not.toContain('faultEnded');
});

test.each(['stop', 'kill'] as const)('%s is over while its unit is started', async (fault) => {
  const { round, request, a, ends, marks } = watchedRound(fault);
  const between = { fromMs: Number.NaN, toMs: Number.NaN };
  a.before = (line) => {
    if (line === `systemctl start ${unit}`) between.fromMs = request.clock();
    return undefined;
  };
  a.after = (line) => {
    if (line === `systemctl start ${unit}`) between.toMs = request.clock();
    if (/SIGKILL/.test(line)) a.units.set(unit, 'failed');
    if (/SIGKILL|systemctl stop kube/.test(line)) round.leave.abort();
  };
  await expect(runRound(request)).resolves.toMatchObject({ notRestored: null });
  expect(ends).toHaveLength(1);
  const { atMs, errorMs } = ends[0] ?? { atMs: 0, errorMs: 0 };
  expect(atMs - errorMs).toBeLessThanOrEqual(between.fromMs);
  expect(atMs + errorMs).toBeGreaterThanOrEqual(between.toMs);
  expect(errorMs).toBeGreaterThan(0);
  expect(marks()).toContain('faultEnded');
});

test('one that systemd ended by itself has no end that anybody saw', async () => {
  const { round, request, a, ends, marks } = watchedRound('kill');
  a.after = (line) => {
    if (/SIGKILL/.test(line)) round.leave.abort();
  };
  await expect(runRound({ ...request, letRestart: true })).resolves.toMatchObject({ notRestored: null });
  expect(ends).toEqual([]);
  expect(marks()).toEqual(expect.arrayContaining(['faultIssued', 'restored']));
});

test('one whose end was answered to nobody ended since the way back began', async () => {
  const { round, request, a, ends } = watchedRound('cut');
  let lost = 0;
  let beganMs = Number.NaN;
  a.before = (line) => {
    if (line.startsWith('iptables -w -D ') && lost++ === 0) beganMs = request.clock();
    return undefined;
  };
  a.after = (line) => {
    if (line.startsWith('iptables -w -I ')) round.leave.abort();
    if (line.startsWith('iptables -w -D ') && lost === 1) throw lostConnection();
  };
  await expect(runRound(request)).resolves.toMatchObject({ notRestored: null });
  expect(ends).toHaveLength(1);
  const { atMs, errorMs } = ends[0] ?? { atMs: 0, errorMs: 0 };
  expect(atMs - errorMs).toBeLessThanOrEqual(beganMs);
  expect(atMs + errorMs).toBeGreaterThan(beganMs);
});
