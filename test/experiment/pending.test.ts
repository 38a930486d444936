// Notes of unfinished business: whose they are, and when they are left behind.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import {
  giveUpPending,
  leftBehind,
  type Pending,
  processOf,
  underWay,
  writePending,
} from '../../src/experiment/pending.ts';

const folder = mkdtempSync(join(tmpdir(), 'kha-lab-pending-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const own = processOf(process.pid);

function pending(more: Partial<Pending> = {}): Pending {
  return {
    version: 2,
    id: 'one',
    pid: process.pid,
    ...(own !== null && { process: own }),
    startedAt: '2026-11-22T20:00:00.000Z',
    inventory: '/somewhere/kha-lab.yaml',
    component: 'kube-scheduler',
    fault: 'stop',
    master: 'kuberm',
    armedOn: ['kuberm'],
    unit: 'kube-scheduler.service',
    undo: [],
    snapshots: [],
    exitsWithinMs: 0,
    ...more,
  };
}

test('a run that is under way has left nothing behind', () => {
  writePending(folder, pending());
  expect(leftBehind(folder)).toEqual([]);
  expect(underWay(folder)).toHaveLength(1);
});

test.runIf(own !== null)('a pid that somebody else has by now does not keep a run alive', () => {
  writePending(folder, pending({ process: 'an earlier boot 4711' }));
  expect(leftBehind(folder)).toHaveLength(1);
});

test('what a run has given up on is left behind though its process lives', () => {
  writePending(folder, pending());
  giveUpPending(folder, pending());
  expect(leftBehind(folder)).toHaveLength(1);
  expect(underWay(folder)).toEqual([]);
});
