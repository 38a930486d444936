// Log lines and files as klog writes them, byte for byte against real ones.
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { microClock } from '../../src/sandbox/clock/micro.ts';
import { fileName, lineHeader } from '../../src/sandbox/klog/header.ts';
import { openKlog } from '../../src/sandbox/klog/klog.ts';
import { structured } from '../../src/sandbox/klog/structured.ts';

const origin = { program: 'kube-scheduler', hostname: 'kuberm.lab', user: 'root', pid: 17298 };
const atMs = new Date(2017, 5, 7, 11, 0, 5).getTime() + 179.156;

describe('a line', () => {
  it('has the tutorial’s header', () => {
    const facts = { epochMs: atMs, pid: 17298, where: 'leaderelection.go:248' };
    expect(lineHeader('INFO', facts)).toBe('I0607 11:00:05.179156   17298 leaderelection.go:248]');
    expect(lineHeader('FATAL', { ...facts, pid: 1 })).toBe(
      'F0607 11:00:05.179156       1 leaderelection.go:248]',
    );
  });

  it('quotes as Go does', () => {
    expect(structured('Failed', { err: 'say "no"\n\u0007', lock: 'a/b', count: 2, ok: true })).toBe(
      '"Failed" err="say \\"no\\"\\n\\x07" lock="a/b" count=2 ok=true',
    );
  });

  it('is stamped by a clock that has microseconds and agrees with the system', () => {
    const clock = microClock();
    const before = Date.now();
    const read = Array.from({ length: 50 }, clock);
    expect(read[0]).toBeGreaterThanOrEqual(before);
    expect(read.at(-1)).toBeLessThan(Date.now() + 1);
    expect(read.some((ms) => ms % 1 !== 0)).toBe(true);
    expect([...read].sort((a, b) => a - b)).toEqual(read);
  });
});

describe('files', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'kha-klog-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const text = (severity: string) => readFileSync(join(folder, `kube-scheduler.${severity}`), 'utf8');
  const open = (pid: number) =>
    openKlog({ origin: { ...origin, pid }, verbosity: 4, folder, now: () => atMs });

  it('are named by host, user, time and process', () => {
    expect(fileName(origin, 'INFO', atMs)).toBe('kube-scheduler.kuberm.root.log.INFO.20170607-110005.17298');
  });

  it('hold lines back until they are flushed, and each severity in those below it', () => {
    const klog = open(1);
    klog.log('INFO', 'a.go:1', 'one');
    klog.log('WARNING', 'a.go:2', 'two');
    klog.v(4, 'a.go:3', 'seen');
    klog.v(5, 'a.go:4', 'not seen');
    expect(text('INFO')).toMatch(/^Log file created at: 2017\/06\/07 11:00:05\nRunning on machine: kuberm/);
    expect(text('INFO')).not.toContain('one');
    klog.flush();
    expect(text('INFO').split('\n').slice(4)).toEqual([
      'I0607 11:00:05.179156       1 a.go:1] one',
      'W0607 11:00:05.179156       1 a.go:2] two',
      'I0607 11:00:05.179156       1 a.go:3] seen',
      '',
    ]);
    expect(text('WARNING')).toMatch(/two\n$/);
    expect(text('WARNING')).not.toContain('one');
  });

  it('are flushed by a fatal line, and the link follows the newest', () => {
    open(1).log('FATAL', 'server.go:157', 'lost master\ngoroutine 1 [running]:');
    expect(text('INFO')).toMatch(/lost master\ngoroutine 1 \[running\]:\n$/);
    const second = open(2);
    second.log('INFO', 'a.go:1', 'again');
    expect(readlinkSync(join(folder, 'kube-scheduler.INFO'))).toMatch(/\.2$/);
    expect(readlinkSync(join(folder, 'kube-scheduler.FATAL'))).toMatch(/\.1$/);
    expect(readdirSync(folder).filter((name) => name.includes('.log.'))).toHaveLength(5);
  });
});
