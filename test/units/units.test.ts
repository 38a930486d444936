// The rendered units: read back by our own reader, and held against the tutorial's.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { execArgv, flagsOf, parseUnitFile, settingsOf } from '../../src/model/unitfile.ts';
import type { UnitPlan } from '../../src/units/plan.ts';
import { quoteUnitWord, renderUnit } from '../../src/units/render.ts';
import { unitsOf } from '../../src/units/units.ts';

const place = {
  bin: '/opt/bin',
  keys: '/srv/kubernetes',
  logs: '/var/log/kubernetes',
  data: '/var/lib/etcd',
};

function plan(version: string, extra: Partial<UnitPlan> = {}): UnitPlan {
  return {
    version,
    masters: [
      {
        ...place,
        name: 'kuberm',
        address: '172.16.155.158',
        securePort: 6443,
        api: 'https://172.16.155.158:6443',
      },
      {
        ...place,
        name: 'kuberm2',
        address: '172.16.155.165',
        securePort: 6443,
        api: 'https://172.16.155.165:6443',
      },
    ],
    lock: version === '1.36' ? 'leases' : 'endpoints',
    serviceRange: '172.18.0.0/16',
    etcd: { listen: 'https://172.16.155.158:2379', url: 'https://172.16.155.158:2379' },
    node: ['kubelet', 'kube-proxy'],
    ...extra,
  };
}

function unit(of: UnitPlan, master: string, name: string) {
  const found = unitsOf(of)
    .get(master)
    ?.find((one) => one.name === name);
  if (!found) throw new Error(`${master} has no ${name}`);
  return parseUnitFile(found.text);
}

const flags = (of: UnitPlan, master: string, name: string) => flagsOf(execArgv(unit(of, master, name)));

describe('the units', () => {
  it('are the tutorial’s eight, and the store', () => {
    const names = [...unitsOf(plan('1.6'))].map(([master, files]) => [
      master,
      files.map(({ name }) => name).sort(),
    ]);
    const both = ['kube-apiserver.service', 'kube-controller-manager.service', 'kube-scheduler.service'];
    expect(names).toEqual([
      ['kuberm', ['etcd.service', ...both, 'kubelet.service', 'kube-proxy.service'].sort()],
      ['kuberm2', both],
    ]);
  });

  it('say for 1.6 what the tutorial says, but for what it leaves open to anyone', () => {
    const posted = readFileSync(
      new URL('../fixtures/tutorial/kuberm.kube-apiserver.service', import.meta.url),
      'utf8',
    );
    const theirs = flagsOf(execArgv(parseUnitFile(posted)));
    const ours = flags(plan('1.6'), 'kuberm', 'kube-apiserver.service');
    for (const name of [
      'advertise-address',
      'apiserver-count',
      'service-cluster-ip-range',
      'secure-port',
      'v',
      'log-dir',
      'service-node-port-range',
    ])
      expect([name, ours.get(name)]).toEqual([name, theirs.get(name)]);
    expect(ours.get('insecure-port')).toBe('0');
    expect(ours.get('etcd-servers')).toMatch(/^https:/);
    expect(settingsOf(unit(plan('1.6'), 'kuberm', 'kube-apiserver.service'), 'Service', 'Type')).toEqual([
      'notify',
    ]);
  });

  it.each(['1.6', '1.20', '1.36'])('differ between masters of %s only by the address', (version) => {
    const first = flags(plan(version), 'kuberm', 'kube-apiserver.service');
    const second = flags(plan(version), 'kuberm2', 'kube-apiserver.service');
    expect([...first].filter(([name, value]) => second.get(name) !== value).map(([name]) => name)).toEqual([
      'advertise-address',
    ]);
  });

  it.each([
    ['1.6', true, undefined],
    ['1.20', true, 'endpoints'],
    ['1.36', false, 'leases'],
  ])('fit Kubernetes %s: its log files, its lock', (version, files, lock) => {
    const manager = flags(plan(version), 'kuberm2', 'kube-controller-manager.service');
    expect(manager.has('log-dir')).toBe(files);
    expect(manager.has('logtostderr')).toBe(files);
    expect(manager.get('leader-elect-resource-lock')).toBe(lock);
    expect(Number(manager.get('v'))).toBe(6);
    expect(flags(plan(version), 'kuberm', 'kube-apiserver.service').has('insecure-port')).toBe(
      version === '1.6',
    );
  });

  it('carry election terms when they are given, and none otherwise', () => {
    const terms = { leaseDuration: '5s', renewDeadline: '3s', retryPeriod: '1s' };
    const quick = flags(plan('1.36', { terms }), 'kuberm', 'kube-scheduler.service');
    expect(quick.get('leader-elect-lease-duration')).toBe('5s');
    expect(quick.get('leader-elect-renew-deadline')).toBe('3s');
    expect(quick.get('leader-elect-retry-period')).toBe('1s');
    expect([...flags(plan('1.36'), 'kuberm', 'kube-scheduler.service').keys()].join()).not.toContain(
      'duration',
    );
  });

  it('keep every word as it is, whatever is in it', () => {
    const words = [
      'plain',
      'two words',
      '50%',
      'a"b',
      "it's",
      'back\\slash',
      '$HOME',
      '',
      ';',
      'line\nbreak',
    ];
    const { text } = renderUnit({
      name: 'x.service',
      description: 'X',
      program: '/x',
      flags: words,
      service: [],
    });
    expect(execArgv(parseUnitFile(text))).toEqual(['/x', ...words]);
    expect(quoteUnitWord('--v=6')).toBe('--v=6');
  });
});

it('opens no port without a login where masters share one machine', () => {
  const of = (version: string) =>
    plan(version, { sharedMachine: true, etcd: { ...plan(version).etcd, peer: 'https://127.0.0.1:2380' } });
  expect(flags(of('1.20'), 'kuberm', 'kube-scheduler.service').get('port')).toBe('0');
  expect(flags(of('1.36'), 'kuberm', 'kube-scheduler.service').has('port')).toBe(false);
  expect(flags(of('1.36'), 'kuberm', 'kube-scheduler.service').get('secure-port')).toBe('0');
  const store = flags(of('1.36'), 'kuberm', 'etcd.service');
  expect(store.get('listen-peer-urls')).toBe('https://127.0.0.1:2380');
  expect(store.get('peer-client-cert-auth')).toBe('true');
  expect(flags(plan('1.36'), 'kuberm', 'etcd.service').has('listen-peer-urls')).toBe(false);
});
