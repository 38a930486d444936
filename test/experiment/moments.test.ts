// Every moment of a round at which something may go wrong: the masters are left as they were found, and others' work alone.
import { expect, test } from 'vitest';
import { runRound } from '../../src/experiment/round.ts';
import { lostConnection } from './fakemaster.ts';
import { fakeRound } from './fakeround.ts';

const unit = 'kube-scheduler.service';

test('a round refused because another is at work leaves the unit alone, however that other one left it', async () => {
  const { masters, request } = fakeRound();
  const [a, b] = masters;
  if (!a || !b) throw new Error('two masters');
  b.timer = 'kha-lab 99 since noon';
  // Between our look and our arming, the other run stops the leader.
  a.before = (line) => {
    if (line.startsWith('systemd-run')) a.units.set(unit, 'inactive');
    return undefined;
  };
  await expect(runRound(request)).rejects.toMatchObject({ code: 'busy' });
  expect(a.units.get(unit)).toBe('inactive');
  expect(a.timer).toBeNull();
  expect(b.timer).toBe('kha-lab 99 since noon');
});

test('an arming whose answer was lost is disarmed all the same', async () => {
  const { masters, request } = fakeRound();
  const [, b] = masters;
  if (!b) throw new Error('two masters');
  b.after = (line) => {
    if (line.startsWith('systemd-run')) throw lostConnection();
  };
  await expect(runRound(request)).rejects.toMatchObject({ code: 'connection-lost' });
  expect(masters.map(({ timer }) => timer)).toEqual([null, null]);
});

test('a lock that moved while the way back was armed: nobody is stopped', async () => {
  const { masters, request, hold } = fakeRound();
  const [a, b] = masters;
  if (!a || !b) throw new Error('two masters');
  b.after = (line) => {
    if (line.startsWith('systemd-run')) hold('b');
  };
  await expect(runRound(request)).rejects.toMatchObject({ code: 'not-steady' });
  expect(a.changes.filter((line) => line.endsWith(unit) && line.startsWith('systemctl'))).toEqual([]);
  expect(masters.map(({ timer }) => timer)).toEqual([null, null]);
});

test('a unit that is not active at its snapshot is not taken for steady', async () => {
  const { masters, request } = fakeRound();
  masters[0]?.units.set(unit, 'activating');
  await expect(runRound(request)).rejects.toMatchObject({ code: 'not-steady' });
  expect(masters.flatMap(({ changes }) => changes)).toEqual([]);
});

test('the fault whose answer was lost is taken back', async () => {
  const { masters, request } = fakeRound();
  const [a] = masters;
  if (!a) throw new Error('a master');
  a.after = (line) => {
    if (line === `systemctl stop ${unit}`) throw lostConnection();
  };
  await expect(runRound(request)).rejects.toMatchObject({ code: 'connection-lost' });
  expect(a.units.get(unit)).toBe('active');
  expect(masters.map(({ timer }) => timer)).toEqual([null, null]);
});

test('a listener that throws at every step does not keep the master from being put back', async () => {
  const round = fakeRound();
  round.listener = (seen) => {
    if (seen.kind === 'fault' && seen.phase !== 'armed') throw new TypeError('a bug in a screen');
  };
  const [a] = round.masters;
  if (!a) throw new Error('a master');
  a.after = (line) => {
    if (line === `systemctl stop ${unit}`) round.hold('b');
  };
  await expect(runRound(round.request)).resolves.toMatchObject({ notRestored: null });
  expect(round.bugs.length).toBeGreaterThan(1);
  expect(round.masters[0]?.units.get(unit)).toBe('active');
  expect(round.masters.map(({ timer }) => timer)).toEqual([null, null]);
});

test('a connection lost while disarming is tried again', async () => {
  const { masters, request, hold } = fakeRound();
  const [a, b] = masters;
  if (!a || !b) throw new Error('two masters');
  let lost = 0;
  b.before = (line) => {
    if (line === 'systemctl stop kha-lab-return.timer' && lost++ === 0) throw lostConnection();
    return undefined;
  };
  a.after = (line) => {
    if (line === `systemctl stop ${unit}`) hold('b');
  };
  const outcome = await runRound(request);
  expect(outcome.notRestored).toBeNull();
  expect(masters.map(({ timer }) => timer)).toEqual([null, null]);
});

test('without a place for its note no fault is issued, and nobody calls that a bug', async () => {
  const { masters, request } = fakeRound({ pendingFolder: '/dev/null/nowhere' });
  await expect(runRound(request)).rejects.toMatchObject({ code: 'not-noted' });
  expect(masters.flatMap(({ changes }) => changes)).toEqual([]);
});
