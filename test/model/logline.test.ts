// Lines of components' logs, from Kubernetes 1.2 to 1.37, in every frame, whole and cut.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type LogContext, type ParsedLine, parseLogLine } from '../../src/model/logline.ts';
import { writeTime } from '../../src/model/rfc3339.ts';

const arrivedMs = Date.UTC(2026, 10, 22, 20, 10);
const first: LogContext = { zoneMinutes: 0, arrivedMs, previous: null };
const lock = 'kube-system/kube-scheduler';

function readAll(file: string, context: Partial<LogContext> = {}): ParsedLine[] {
  const text = readFileSync(new URL(`../fixtures/${file}`, import.meta.url), 'utf8');
  let previous: ParsedLine | null = null;
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => {
      previous = parseLogLine(line, { ...first, ...context, previous });
      return previous;
    });
}

function tally(lines: readonly ParsedLine[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { event } of lines) if (event) counts[event.is] = (counts[event.is] ?? 0) + 1;
  return counts;
}

describe('the tutorial of 2017', () => {
  const tutorial = { zoneMinutes: 480, arrivedMs: Date.UTC(2017, 5, 7, 4) };

  it('reads the handover with its times in the host zone', () => {
    const lines = readAll('tutorial/kuberm2.kube-scheduler.failover.log', tutorial);
    expect(lines.map(({ event }) => event?.is)).toEqual([
      'held',
      'notAcquired',
      'request',
      'request',
      'acquired',
      'leaderEvent',
      'request',
      'request',
      'request',
      'renewed',
    ]);
    expect(lines[0]?.event).toEqual({ is: 'held', lock: null, holder: 'kuberm' });
    expect(lines[4]?.event).toEqual({ is: 'acquired', lock });
    expect(writeTime(lines[4]?.writtenMs ?? 0)).toBe('2017-06-07T03:27:41.176565Z');
    expect(lines[5]?.event).toEqual({ is: 'leaderEvent', identity: 'kuberm2', change: 'became' });
    expect(lines[3]?.event).toEqual({
      is: 'request',
      method: 'PUT',
      path: '/api/v1/namespaces/kube-system/endpoints/kube-scheduler',
      status: 200,
      tookMs: 4,
    });
  });

  it('takes what a first line cut in the middle still says', () => {
    const [cutRequest, next] = readAll('tutorial/kuberm2.kube-scheduler.standby.log', tutorial);
    expect(cutRequest).toMatchObject({
      writtenMs: null,
      continues: false,
      event: { is: 'request', method: '', status: 200 },
    });
    expect(next?.event?.is).toBe('held');
    const [cutHeader] = readAll('tutorial/kuberm.kube-controller-manager.leader.log', tutorial);
    expect(cutHeader).toMatchObject({
      file: 'nodecontroller.go',
      line: 1044,
      thread: 17442,
      severity: null,
      event: { is: 'nodeSilent', node: 'kubermnode2' },
    });
    expect(writeTime(cutHeader?.writtenMs ?? 0)).toBe('2017-06-07T03:03:56.630699Z');
  });

  it('reads the leader and its spelling', () => {
    const lines = readAll('tutorial/kuberm.kube-scheduler.leader.log', tutorial);
    expect(tally(lines)).toEqual({ request: 4, renewed: 2 });
  });

  it('never throws wherever a line is cut, and keeps the time while it is whole', () => {
    const whole =
      'I0607 11:27:41.176565    1487 leaderelection.go:189] successfully acquired lease kube-system/kube-scheduler';
    for (let cut = 0; cut <= whole.length; cut += 1) {
      const line = parseLogLine(whole.slice(cut), { ...first, ...tutorial });
      const wanted = cut <= 6 ? '2017-06-07T03:27:41.176565Z' : null;
      expect(line.writtenMs === null ? null : writeTime(line.writtenMs)).toBe(wanted);
      expect(line.event?.is).toBe(cut <= whole.indexOf('successfully') ? 'acquired' : undefined);
    }
  });
});

describe('the real clusters', () => {
  it('reads 1.20.2: file headers, renewals, goroutine dumps', () => {
    const lines = readAll('kubernetes-1.20.2-endpoints/kuberm.kube-scheduler.log', {
      arrivedMs: Date.UTC(2031, 5),
    });
    expect(tally(lines)).toEqual({ renewed: 147, held: 8, notAcquired: 8, acquired: 1, attempting: 1 });
    const created = lines.findIndex(({ text }) => text.startsWith('Log file created at'));
    expect(lines.slice(1, created).every(({ continues, event }) => continues && event === null)).toBe(true);
    const acquired = lines.find(({ event }) => event?.is === 'acquired');
    // The file's own header says which year it is, however late it is read.
    expect(writeTime(acquired?.writtenMs ?? 0)).toMatch(/^2026-11-22T20:01:04\.\d{6}Z$/);
    expect(lines.at(-1)?.event).toEqual({ is: 'renewed', lock });
  });

  it('reads the other logs of 1.20.2', () => {
    expect(tally(readAll('kubernetes-1.20.2-endpoints/kuberm2.kube-scheduler.log'))).toEqual({
      held: 87,
      notAcquired: 87,
      attempting: 1,
    });
    expect(tally(readAll('kubernetes-1.20.2-endpoints/kuberm2.kube-controller-manager.log'))).toEqual({
      held: 181,
      notAcquired: 181,
    });
    expect(tally(readAll('kubernetes-1.20.2-endpoints/kuberm.kube-controller-manager.log'))).toEqual({
      renewed: 81,
    });
  });

  it('reads 1.36.3: structured lines, values of several lines, a lost lease', () => {
    const lines = readAll('kubernetes-1.36.3-leases/cp-west.kube-scheduler.log');
    expect(tally(lines)).toEqual({
      renewed: 303,
      held: 28,
      notAcquired: 18,
      acquired: 3,
      lost: 2,
      gaveUp: 2,
      attempting: 2,
      lockError: 1,
    });
    expect(lines.find(({ event }) => event?.is === 'gaveUp')?.event).toEqual({
      is: 'gaveUp',
      lock,
      reason: 'context deadline exceeded',
    });
    expect(lines[0]).toMatchObject({
      event: { is: 'held', lock, holder: 'cp-east_3be0b125-08d7-47b9-af6d-89aa576c955c' },
      severity: 'info',
      thread: 1424,
      file: 'leaderelection.go',
      line: 481,
    });
    expect(writeTime(lines[0]?.writtenMs ?? 0)).toBe('2026-11-22T20:02:13.033063Z');
    const east = readAll('kubernetes-1.36.3-leases/cp-east.kube-scheduler.log');
    expect(tally(east)).toEqual({
      held: 185,
      notAcquired: 180,
      renewed: 12,
      attempting: 2,
      acquired: 1,
      gaveUp: 1,
      lost: 1,
      lockError: 1,
    });
  });
});
