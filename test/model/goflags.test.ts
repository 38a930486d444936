// Flags, and what follows from them: terms of election, where the log goes; durations.
import { describe, expect, it } from 'vitest';
import { readDuration } from '../../src/model/duration.ts';
import { electionTerms, flagsOf, logPlaceOf, parseUnitFile } from '../../src/model/unitfile.ts';

const flags = (...words: string[]) => flagsOf(['program', ...words]);

describe('flags', () => {
  it('in every form Go takes, the last winning, gates adding up', () => {
    const found = flags(
      '--a=b',
      '--c',
      'd',
      '--e',
      '--f_g=h',
      '-v',
      '5',
      '--n',
      '-3',
      '--a=c=d',
      '--feature-gates=A=true',
      '--feature-gates',
      'B=false',
      '--',
      '--z',
    );
    expect(Object.fromEntries(found)).toEqual({
      a: 'c=d',
      c: 'd',
      e: 'true',
      'f-g': 'h',
      v: '5',
      n: '-3',
      'feature-gates': 'A=true,B=false',
    });
  });

  it('give the terms, by component and version', () => {
    const releases = (component: string, version: string | null, ...words: string[]) =>
      electionTerms(component, flags(...words), version)?.releasesOnStop;
    expect([
      releases('kube-scheduler', 'v1.21.14'),
      releases('kube-scheduler', 'v1.22.0'),
      releases('kube-scheduler', null),
    ]).toEqual([false, true, null]);
    const gate = '--feature-gates=X=true,ControllerManagerReleaseLeaderElectionLockOnExit=true';
    expect(releases('kube-controller-manager', 'v1.36.3')).toBe(false);
    expect(releases('kube-controller-manager', 'v1.36.3', gate)).toBe(true);
    expect(releases('kube-controller-manager', 'v1.35.0', gate)).toBe(false);
    expect(releases('kube-controller-manager', 'v1.37.2', '--feature-gates=AllAlpha=true')).toBe(true);
    expect(releases('kube-controller-manager', null)).toBe(false);
    expect(releases('cloud-controller-manager', 'v1.36.3')).toBe(false);
    const slow = flags(
      '--leader-elect-lease-duration=1m0s',
      '--leader-elect-renew-deadline',
      '30s',
      '--leader-elect-retry-period=500ms',
    );
    expect(electionTerms('kube-scheduler', slow, 'v1.30.1')).toEqual({
      leaseDurationMs: 60_000,
      renewDeadlineMs: 30_000,
      retryPeriodMs: 500,
      releasesOnStop: true,
    });
  });

  it('give no terms where nobody elects', () => {
    expect(electionTerms('kube-apiserver', flags(), 'v1.36.3')).toBeNull();
    expect(electionTerms('kube-scheduler', flags('--leader-elect=false'), 'v1.36.3')).toBeNull();
    expect(electionTerms('kube-scheduler', flags(), 'v1.9.2')).toBeNull();
    expect(electionTerms('kube-scheduler', flags('--leader-elect'), 'v1.9.2')).not.toBeNull();
    expect(electionTerms('kube-scheduler', flags(), 'v1.9.11')).not.toBeNull();
  });

  it('and the unit say where the log goes', () => {
    const at = (unit: string, ...words: string[]) =>
      logPlaceOf({
        file: parseUnitFile(`[Service]\n${unit}`),
        flags: flags(...words),
        unit: 'x.service',
        component: 'x',
      });
    expect(at('', '--logtostderr=false')).toEqual({ at: 'file', path: '/tmp/x.INFO' });
    expect(at('', '--logtostderr=false', '--log-dir=/d/')).toEqual({ at: 'file', path: '/d/x.INFO' });
    expect(at('', '--logtostderr=false', '--log-file=/d/y.log')).toEqual({ at: 'file', path: '/d/y.log' });
    expect(at('', '--log-dir=/d')).toEqual({ at: 'journal', unit: 'x.service' });
    expect(at('', '--logtostderr=false', '--log-dir=/d', '--alsologtostderr')).toEqual({
      at: 'journal',
      unit: 'x.service',
    });
    expect(at('StandardOutput=truncate:/o')).toEqual({ at: 'file', path: '/o' });
    expect(at('StandardOutput=file:/o\nStandardError=journal')).toEqual({ at: 'journal', unit: 'x.service' });
    expect(at('StandardError=null')).toBeNull();
  });
});

describe('durations', () => {
  it('as Go writes them', () => {
    const read = ['15s', '1m30s', '500ms', '1h0m0.5s', '0', '1.5s', '250us'].map(readDuration);
    expect(read).toEqual([15_000, 90_000, 500, 3_600_500, 0, 1500, 0.25]);
    for (const text of ['', '15', 's', '15 s', '-1s', '1d', '1s5']) expect(readDuration(text)).toBeNull();
  });
});
