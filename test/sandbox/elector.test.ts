// The elector between the rules and the wire: objects as written, requests that hang, lines that our own reader reads.
import { describe, expect, it } from 'vitest';
import { rulesOf1_36 } from '../../src/model/electionrules.ts';
import type { Answer, LockRequest, Saying } from '../../src/model/electionturn.ts';
import type { LockRecord } from '../../src/model/lock.ts';
import { parseLogLine } from '../../src/model/logline.ts';
import { masterClock } from '../../src/sandbox/clock/clock.ts';
import { elect } from '../../src/sandbox/elector/elect.ts';
import { endpointsForm, leaseForm } from '../../src/sandbox/elector/lockobject.ts';
import type { LockStore } from '../../src/sandbox/elector/lockstore.ts';
import { wordingOf } from '../../src/sandbox/elector/wording.ts';
import type { Klog } from '../../src/sandbox/klog/klog.ts';
import { eventually } from './etcd-start.ts';

const record: LockRecord = {
  holder: 'kuberm',
  leaseDurationSeconds: 15,
  acquireTime: '2026-11-22T19:50:29.542290Z',
  renewTime: '2026-11-22T19:50:31.542290Z',
  transitions: 3,
};

describe('the lock’s object', () => {
  it('is an annotation with whole seconds on Endpoints, beside what was there', () => {
    const object = endpointsForm.write(record, {
      name: 'kube-scheduler',
      uid: 'u',
      annotations: { other: 'kept' },
    });
    expect(object.metadata).toEqual({
      name: 'kube-scheduler',
      uid: 'u',
      annotations: {
        other: 'kept',
        'control-plane.alpha.kubernetes.io/leader':
          '{"holderIdentity":"kuberm","leaseDurationSeconds":15,"acquireTime":"2026-11-22T19:50:29Z","renewTime":"2026-11-22T19:50:31Z","leaderTransitions":3}',
      },
    });
    expect(endpointsForm.read(object)).toMatchObject({ holder: 'kuberm', transitions: 3 });
    expect(endpointsForm.read({ metadata: { name: 'bare' } })).toMatchObject({ holder: '' });
  });

  it('is a Lease with microseconds', () => {
    const object = leaseForm.write(record, { name: 'kube-scheduler' });
    expect(object.spec).toEqual({
      holderIdentity: 'kuberm',
      leaseDurationSeconds: 15,
      acquireTime: '2026-11-22T19:50:29.542290Z',
      renewTime: '2026-11-22T19:50:31.542290Z',
      leaseTransitions: 3,
    });
    expect(leaseForm.read(object)).toEqual(record);
  });
});

describe('its lines', () => {
  const sayings: readonly Saying[] = [
    { is: 'attempting' },
    { is: 'held', holder: 'kuberm' },
    { is: 'notAcquired' },
    { is: 'acquired' },
    { is: 'renewed' },
    { is: 'gaveUp', reason: 'context deadline exceeded' },
    { is: 'requestFailed', during: 'get', reason: 'refused' },
    { is: 'requestFailed', during: 'create', reason: 'refused' },
    { is: 'requestFailed', during: 'update', reason: 'refused' },
  ];
  const meanings = [
    'attempting',
    'held',
    'notAcquired',
    'acquired',
    'renewed',
    'gaveUp',
    ...Array(3).fill('lockError'),
  ];

  it.each(['1.6', '1.36'] as const)('of %s are understood by our own reader', (style) => {
    const lines: string[] = [];
    const log: Klog['log'] = (severity, where, message) =>
      lines.push(`${severity[0]}1122 20:04:00.352887    2278 ${where}] ${message}`);
    const klog: Klog = {
      log,
      v: (_, where, message) => log('INFO', where, message),
      enabled: () => true,
      flush: () => undefined,
    };
    const say = wordingOf(style, { klog, lock: 'kube-system/kube-scheduler' });
    for (const saying of sayings) say(saying);
    const context = { zoneMinutes: 0, arrivedMs: Date.UTC(2026, 10, 22, 20, 5), previous: null };
    expect(lines.map((line) => parseLogLine(line, context).event?.is)).toEqual(meanings);
    expect(parseLogLine(lines[1] ?? '', context).event).toMatchObject({ holder: 'kuberm' });
  });
});

describe('a request that hangs', () => {
  const terms = { leaseDurationMs: 3000, renewDeadlineMs: 2000, retryPeriodMs: 1000, releasesOnStop: false };

  it('is dropped at the renew deadline, and its late answer changes nothing', async () => {
    const hanging: ((answer: Answer) => void)[] = [];
    const signals: AbortSignal[] = [];
    const asked: LockRequest[] = [];
    const store: LockStore = {
      latest: () => null,
      perform: (request, signal) => {
        asked.push(request);
        if (request.verb === 'get' && asked.length === 1)
          return Promise.resolve({ is: 'notFound', reason: '' });
        if (request.verb === 'create') return Promise.resolve({ is: 'written', resourceVersion: '1' });
        signals.push(signal);
        return new Promise((resolve) => hanging.push(resolve));
      },
    };
    const said: Saying[] = [];
    const startedMs = performance.now();
    const election = elect({
      candidate: { identity: 'a', terms, rules: rulesOf1_36 },
      store,
      clock: masterClock(null),
      random: () => 0.5,
      say: (saying) => said.push(saying),
    });
    expect(await election.ended).toBe('lost');
    const tookMs = performance.now() - startedMs;
    expect(tookMs).toBeGreaterThanOrEqual(2000);
    expect(tookMs).toBeLessThan(3500);
    expect(signals.every(({ aborted }) => aborted)).toBe(true);
    const before = said.length;
    for (const resolve of hanging) resolve({ is: 'written', resourceVersion: '9' });
    await new Promise(setImmediate);
    expect(said.length).toBe(before);
    expect(said.at(-1)).toEqual({ is: 'gaveUp', reason: 'context deadline exceeded' });
  });

  it('does not keep a candidate from being told to stop', async () => {
    const store: LockStore = { latest: () => null, perform: () => new Promise(() => undefined) };
    const election = elect({
      candidate: { identity: 'a', terms, rules: rulesOf1_36 },
      store,
      clock: masterClock(null),
      random: () => 0,
      say: () => undefined,
    });
    await eventually(() => true);
    election.cancel();
    expect(await election.ended).toBe('stopped');
  });
});
