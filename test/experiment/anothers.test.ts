// The timer of another run that is under way is nobody else's to stop.
import { expect, test } from 'vitest';
import { toNobody } from '../../src/experiment/typed.ts';
import { disarm } from '../../src/experiment/wayback.ts';
import { fakeMaster } from './fakemaster.ts';

const ours = 'kha-lab 1 since noon: stop kube-scheduler';

test('another run’s timer is left alone, and none of ours is left', async () => {
  const host = fakeMaster('a');
  host.timer = 'kha-lab 2 since one: stop kube-scheduler';
  expect(await disarm(host, ours, toNobody)).toBe(true);
  expect(host.timer).not.toBeNull();
  expect(host.changes).toEqual([]);
});

test('ours goes, and so does one that does not say whose it is', async () => {
  for (const timer of [ours, '/bin/systemctl start kube-scheduler.service']) {
    const host = fakeMaster('a');
    host.timer = timer;
    expect(await disarm(host, ours, toNobody)).toBe(true);
    expect(host.timer).toBeNull();
  }
});
