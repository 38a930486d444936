// Rounds by witnesses other than the components' own lines, and the other ways to lose the lead.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type ParsedLine, parseLogLine } from '../../src/model/logline.ts';
import { writeTime } from '../../src/model/rfc3339.ts';
import {
  acquired,
  clock,
  fault,
  line,
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
  unit,
} from './roundstream.ts';

const logs = stopLogs;
const steps = stopSteps;

describe('the lock as a witness', () => {
  const offsetMs = 5000;
  const clocks = ['kuberm', 'kuberm2'].flatMap((host) => [
    clock(host, 100, offsetMs),
    clock(host, 60_000, offsetMs),
  ]);
  const hostTime = (atMs: number) => writeTime(startedAtMs + atMs + offsetMs);
  const begun = [run('kuberm', 'kuberm2'), ...clocks, ...steps];

  it('stands in for a log that cannot be read, the truth inside its bar', () => {
    const truth = 37_300;
    const change = record('kuberm2_u', { acquireTime: hostTime(truth - 4), renewTime: hostTime(truth - 4) });
    const found = onlyRound([
      ...begun,
      lockSeen(20_010, 7, record('kuberm_u')),
      lockSeen(37_340, 8, change),
      lockSeen(37_350, 8, change, 'kuberm'),
    ]);
    const taken = mark(found, 'acquired');
    expect(taken).toMatchObject({ host: 'kuberm2', witness: 'lock record' });
    expect(Math.abs((taken?.atMs ?? 0) - truth)).toBeLessThanOrEqual(taken?.errorMs ?? 0);
    expect(taken?.errorMs).toBeLessThan(30);
    expect(found.handover?.errorMs).toBeCloseTo((taken?.errorMs ?? 0) + 0.2, 9);
  });

  it('has bars of a second in an annotation, and of what was seen where no clock is known', () => {
    const whole = record('kuberm2', { acquireTime: hostTime(37_000).replace(/\.\d+/, '') });
    const wide = onlyRound([...begun, lockSeen(37_340, 8, whole)]);
    expect(mark(wide, 'acquired')?.errorMs).toBeGreaterThan(170);
    const blind = onlyRound([
      run('kuberm', 'kuberm2'),
      ...steps,
      lockSeen(21_000, 7, record('kuberm')),
      lockSeen(37_340, 8, whole),
    ]);
    expect(mark(blind, 'acquired')).toMatchObject({ witness: 'lock watch', atMs: 29_170, errorMs: 8170 });
  });

  it('yields to the new leader itself, and is doubted where they contradict', () => {
    const change = record('kuberm2_u', { acquireTime: hostTime(37_296) });
    const both = onlyRound([...begun, ...logs, lockSeen(37_340, 8, change)]);
    expect(mark(both, 'acquired')).toMatchObject({ atMs: 37_300, witness: 'log line' });
    expect(both.doubts).toBeUndefined();
    const apart = onlyRound([
      ...begun,
      ...logs,
      lockSeen(33_000, 8, record('kuberm2_u', { acquireTime: hostTime(32_990) })),
    ]);
    expect(apart.doubts?.[0]).toMatch(/kuberm2.*further apart/);
  });

  it('knows the last renewal when a killed process took its last lines along', () => {
    const kept = logs.filter(({ host, atMs }) => host !== 'kuberm' || atMs < 19_000);
    const found = onlyRound([
      ...begun,
      ...kept,
      lockSeen(20_003, 7, record('kuberm', { renewTime: hostTime(20_000) })),
    ]);
    expect(mark(found, 'lastRenew')).toMatchObject({ witness: 'lock record', host: 'kuberm' });
    const last = mark(found, 'lastRenew');
    expect(Math.abs((last?.atMs ?? 0) - 20_000)).toBeLessThanOrEqual(last?.errorMs ?? 0);
    expect(mark(found, 'leaseExpired')?.atMs).toBe(36_500);
  });

  it('shows a release, after which no lease has to expire', () => {
    const empty = record('', { renewTime: hostTime(20_720), acquireTime: hostTime(20_720) });
    const found = onlyRound([
      ...begun,
      ...logs.slice(0, 4),
      lockSeen(20_730, 8, empty),
      acquired('kuberm2', 22_100),
    ]);
    expect(mark(found, 'released')).toMatchObject({ host: 'kuberm', witness: 'lock record' });
    expect(mark(found, 'leaseExpired')).toBeNull();
    expect(found).toMatchObject({ twoLeadersMs: 0, handover: { ms: 1400 } });
  });

  it('does not take the request that releases for a renewal', () => {
    const path = '/apis/coordination.k8s.io/v1/namespaces/kube-system/leases/kube-scheduler';
    const put = line('kuberm', 20_722, { is: 'request', method: 'PUT', path, status: 200, tookMs: 3 });
    const empty = record('', { renewTime: hostTime(20_720) });
    const found = onlyRound([...begun, ...logs.slice(0, 4), put, lockSeen(20_730, 8, empty)]);
    expect(mark(found, 'released')?.atMs).toBeGreaterThan(20_700);
    expect(mark(found, 'lastRenew')?.atMs).toBeLessThan(20_500);
  });

  it('is not fooled by an old version shown late, nor by a frozen leader emptying its successor', () => {
    const old = record('kuberm2_old', { acquireTime: hostTime(2000) });
    const found = onlyRound([...begun, lockSeen(20_003, 7, record('kuberm')), lockSeen(22_000, 3, old)]);
    expect(found.to).toBeNull();
    const emptied = onlyRound([
      ...begun,
      ...logs,
      lockSeen(45_000, 9, record('', { renewTime: hostTime(44_990) })),
    ]);
    expect(mark(emptied, 'released')).toBeNull();
  });
});

describe('other ways of losing the lead', () => {
  const begun = (kind: string) => [
    run('kuberm', 'kuberm2'),
    round('begun', 15_000, { fault: kind }),
    fault('issued', 20_700, { fault: kind }),
  ];

  it('a leader that gives up after another took over: both led meanwhile', () => {
    const lost = line('kuberm', 44_000, { is: 'gaveUp', lock: null, reason: null });
    const found = onlyRound([...begun('cut'), ...logs, lost, line('kuberm', 44_003, { is: 'lost' })]);
    expect(mark(found, 'leaseLost')?.atMs).toBe(44_000);
    expect(found.twoLeadersMs).toBe(6700);
  });

  it('one whose end nobody saw: unknown, not zero', () => {
    expect(onlyRound([...begun('cut'), ...logs]).twoLeadersMs).toBeNull();
  });

  it('a process seen gone between two looks at its unit', () => {
    const looks = [
      unit(14_000, 'active', 34),
      unit(21_000, 'active', 34),
      unit(22_000, 'activating', null),
      unit(23_000, 'active', 99),
    ];
    const found = onlyRound([...begun('crash'), ...logs, ...looks]);
    expect(mark(found, 'instanceGone')).toMatchObject({ atMs: 21_500, errorMs: 500, witness: 'unit state' });
    const restarted = onlyRound([
      ...begun('crash'),
      ...logs,
      unit(14_000, 'active', 34),
      unit(23_000, 'active', 99),
    ]);
    expect(mark(restarted, 'instanceGone')?.atMs).toBeCloseTo(21_850, 0);
  });

  it('one that comes back and takes its own lock again hands nothing over', () => {
    const found = onlyRound([
      ...begun('kill'),
      renewed('kuberm', 20_000),
      looked('kuberm2', 21_500),
      acquired('kuberm', 21_000),
      renewed('kuberm', 23_000),
    ]);
    expect(found).toMatchObject({ to: null, handover: null, phase: 'faulted' });
  });
});

describe('a real freeze of 1.36.3', () => {
  const told = ['cp-east', 'cp-west'].flatMap((host) => {
    const text = readFileSync(
      new URL(`../fixtures/kubernetes-1.36.3-leases/${host}.kube-scheduler.log`, import.meta.url),
      'utf8',
    );
    let previous: ParsedLine | null = null;
    return text.split('\n').flatMap((raw): Told[] => {
      previous = parseLogLine(raw, { zoneMinutes: 0, arrivedMs: startedAtMs, previous });
      const { event, writtenMs } = previous;
      return event && writtenMs !== null ? [line(host, writtenMs - startedAtMs, event)] : [];
    });
  });
  const at = (time: string) => Date.parse(`2026-11-22T${time}Z`) - startedAtMs;
  const how = { fault: 'freeze', from: 'cp-east' };
  const round1 = told.filter(({ atMs }) => atMs > at('20:04:40') && atMs < at('20:05:20'));
  const frozen = [
    run('cp-east', 'cp-west'),
    round('begun', at('20:04:45'), how),
    { ...fault('issued', at('20:04:47.500'), { fault: 'freeze' }), host: 'cp-east' },
    ...round1,
  ];

  it('has the marks its logs show', () => {
    const woken = { ...fault('ended', at('20:05:04.770'), { fault: 'freeze' }), host: 'cp-east' };
    const found = onlyRound([...frozen, woken]);
    expect(found.marks.map(({ name, atMs }) => [name, Math.round(atMs)])).toEqual([
      ['lastRenew', at('20:04:46.689')],
      ['faultIssued', at('20:04:47.500')],
      ['leaseExpired', at('20:05:02.037')],
      ['acquired', at('20:05:03.886')],
      ['faultEnded', at('20:05:04.770')],
      ['leaseLost', at('20:05:14.771')],
    ]);
    expect(found.to).toBe('cp-west');
    // Woken, it goes on leading for its whole renew deadline.
    expect(found.twoLeadersMs).toBeCloseTo(10_000.7, 0);
  });
});
