// Masters on which no fault may be issued: an earlier run's timer is there, or they are called otherwise than the inventory says.
import { expect, test } from 'vitest';
import { refuseUnfit } from '../../src/experiment/unfit.ts';
import { type FakeMaster, fakeMaster, lostConnection } from './fakemaster.ts';

const named = (host: FakeMaster, identity?: string) => ({
  name: host.name,
  host,
  master: { name: host.name, components: {}, ...(identity && { identity }) } as never,
});
const calling = (name: string, itself = name): FakeMaster => {
  const host = fakeMaster(name);
  host.before = (line) => (line === 'hostname' ? { stdout: `${itself}\n` } : undefined);
  return host;
};

test('masters that are who they should be, and nobody at work, are fit', async () => {
  await refuseUnfit([named(calling('a')), named(calling('b', 'host-b'), 'host-b')]);
});

test('a timer of another run is named, and nothing is changed', async () => {
  const busy = calling('b');
  busy.timer = 'kha-lab 6976 since 2026-11-26T03:00:00.000Z: kill kube-scheduler';
  await expect(refuseUnfit([named(calling('a')), named(busy)])).rejects.toMatchObject({
    code: 'busy',
    exit: 3,
    message: expect.stringMatching(/at work on b already: kha-lab 6976 since .*: kill kube-scheduler/),
  });
  expect(busy.changes.filter((line) => line.startsWith('systemctl'))).toEqual([]);
});

test('a master that calls itself otherwise would lead without being known', async () => {
  await expect(refuseUnfit([named(calling('foo', 'kuberm2'))])).rejects.toMatchObject({
    code: 'called-otherwise',
    exit: 3,
    message: expect.stringMatching(/foo calls itself kuberm2, expected foo/),
    tryThis: expect.stringContaining('identity: kuberm2'),
  });
});

test('one that does not answer is for the steady state to judge', async () => {
  const gone = fakeMaster('a');
  gone.before = () => {
    throw lostConnection();
  };
  await refuseUnfit([named(gone)]);
});
