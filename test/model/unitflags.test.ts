// Real units beside rendered ones and beside each other: the tutorial's own, real masters' of 1.20.2, and each way to be wrong.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Flags } from '../../src/model/goflags.ts';
import { execArgv, flagsOf, parseUnitFile, parseUnitFiles } from '../../src/model/unitfile.ts';
import { betweenMasters, masterDifferenceWords } from '../../src/model/unitflags/between.ts';
import {
  againstRendered,
  differenceWords,
  missingUnit,
  restartJudged,
} from '../../src/model/unitflags/compare.ts';
import { type UnitComponent, unitComponents, valueInForce } from '../../src/model/unitflags/table.ts';
import { tutorialMasters } from '../../src/units/tutorial.ts';
import { tutorialPlan } from '../../src/units/tutorialplan.ts';
import { unitsOf } from '../../src/units/units.ts';

const fixture = (path: string) => readFileSync(new URL(`../fixtures/${path}`, import.meta.url), 'utf8');
const flagsIn = (text: string) => flagsOf(execArgv(parseUnitFile(text)));
const posted = (master: string, component: string) =>
  flagsIn(fixture(`tutorial/${master}.${component}.service`));
const elected = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler'] as const;

function renderedFor(minor: number, component: UnitComponent, at = 0): Flags {
  const masters = [...unitsOf(tutorialPlan(tutorialMasters, `1.${minor}`)).values()];
  const text = masters[at]?.find(({ name }) => name === `${component}.service`)?.text;
  if (text === undefined) throw new Error(`no ${component} on master ${at}`);
  return flagsIn(text);
}

/** What is said of these flags, gravest first: `danger --etcd-servers=…, expected …: why`. */
function said(
  component: UnitComponent,
  flags: Flags,
  how: { readonly minor?: number; readonly version?: string; readonly elsewhere?: string } = {},
): readonly string[] {
  const { minor = 6, elsewhere = null } = how;
  const version = how.version ?? `v1.${minor}.4`;
  const others = new Map([['kuberm2', '172.16.155.165']]);
  const unit = { component, flags, version, minor, masters: 2, others, elsewhere };
  return againstRendered(unit, renderedFor(minor, component)).map(
    (one) => `${one.weight} ${differenceWords(one)}: ${one.why}`,
  );
}

/** The rendered flags of a version with these instead; null takes one away. */
function changed(minor: number, component: UnitComponent, changes: Record<string, string | null>): Flags {
  const flags = new Map(renderedFor(minor, component));
  for (const [flag, value] of Object.entries(changes)) {
    if (value === null) flags.delete(flag);
    else flags.set(flag, value);
  }
  return flags;
}

describe('a rendered unit', () => {
  it.each([6, 7, 10, 12, 20, 22, 24, 26, 30, 36])('of 1.%i is as rendered, on each master', (minor) => {
    for (const component of unitComponents) {
      expect(said(component, renderedFor(minor, component), { minor })).toEqual([]);
    }
    const second = elected.flatMap((component) => {
      const others = new Map([['kuberm', '172.16.155.158']]);
      const flags = renderedFor(minor, component, 1);
      const unit = { component, flags, version: `v1.${minor}`, minor, masters: 2, others, elsewhere: null };
      return againstRendered(unit, renderedFor(minor, component));
    });
    expect(second).toEqual([]);
  });

  it.each([6, 20, 36])('of 1.%i does not differ between the masters', (minor) => {
    const units = ['kuberm', 'kuberm2'].flatMap((master, at) =>
      elected.map((component) => ({ master, component, minor, flags: renderedFor(minor, component, at) })),
    );
    expect(betweenMasters(units)).toEqual([]);
  });
});

describe('the tutorial’s own units', () => {
  it('leave 8080 and 2379 open to anyone, and that is called a danger', () => {
    const grave = said('kube-apiserver', posted('kuberm', 'kube-apiserver')).filter(
      (line) => !line.startsWith('harmless'),
    );
    expect(grave).toEqual([
      expect.stringMatching(
        /^danger --insecure-bind-address=0\.0\.0\.0, expected 127\.0\.0\.1: port 8080 .*administrator/,
      ),
      expect.stringMatching(/^danger --etcd-servers=http:.*: the store asks nobody .* every object/),
      expect.stringMatching(/^matters no --authorization-mode, expected --authorization-mode=RBAC: everyone/),
    ]);
    expect(said('kubelet', posted('kuberm', 'kubelet'))[0]).toMatch(/^danger no --anonymous-auth.*10250/);
    expect(said('kube-scheduler', posted('kuberm', 'kube-scheduler')).join('\n')).toMatch(
      /^matters --master=172\.16\.155\.158:8080, expected https:.*: it asks the port without login/m,
    );
  });

  it('would not start with 1.36, and each flag is named', () => {
    const gone = said('kube-apiserver', posted('kuberm', 'kube-apiserver'), { minor: 36 }).filter((line) =>
      line.includes('does not start'),
    );
    expect(gone.map((line) => /--([\w-]+)/.exec(line)?.[1]).sort()).toEqual([
      'insecure-bind-address',
      'insecure-port',
      'log-dir',
      'logtostderr',
      'service-account-issuer',
      'service-account-signing-key-file',
      'storage-backend',
    ]);
  });

  it('differ between the two masters in --allow-privileged alone', () => {
    const units = ['kuberm', 'kuberm2'].flatMap((master) =>
      elected.map((component) => ({ master, component, minor: 6, flags: posted(master, component) })),
    );
    const differences = betweenMasters(units);
    expect(differences.map((one) => masterDifferenceWords(one))).toEqual([
      '--allow-privileged is false on kuberm, true on kuberm2',
    ]);
    expect(differences).toMatchObject([{ component: 'kube-apiserver', weight: 'matters' }]);
  });
});

it('explains every flag of a real master of 1.20.2', () => {
  const units = parseUnitFiles(fixture('kubernetes-1.20.2-endpoints/kuberm.units.txt'));
  expect(units.map(({ name }) => name)).toHaveLength(3);
  for (const file of units) {
    const component = unitComponents.find((one) => file.name === `${one}.service`);
    if (component === undefined) throw new Error(`nobody's unit: ${file.name}`);
    const lines = said(component, flagsOf(execArgv(file)), { minor: 20, version: 'v1.20.2' });
    for (const line of lines) expect(line).toMatch(/^(harmless|matters|danger) \S.*: \S.{8,}$/);
    const grave = lines.filter((line) => !line.startsWith('harmless'));
    expect(grave.map((line) => / --([\w-]+)/.exec(line)?.[1])).toEqual(
      component === 'kube-apiserver' ? ['etcd-servers'] : ['address'],
    );
  }
});

describe('a unit that is wrong', () => {
  const first = (component: UnitComponent, changes: Record<string, string | null>, minor = 20) =>
    said(component, changed(minor, component, changes), { minor, version: `v1.${minor}.4` })[0] ?? 'nothing';

  it.each([
    ['kube-scheduler', { 'leader-elect': 'false' }, 20, /^matters .*both work at once/],
    ['kube-scheduler', { 'leader-elect': null }, 20, /^harmless no --leader-elect, expected .*by default/],
    ['kube-scheduler', { 'leader-elect-resource-lock': 'endpoints' }, 28, /^matters .*knows only leases/],
    ['kube-scheduler', { 'leader-elect-resource-lock': 'endpoints' }, 24, /^matters .*does not start/],
    ['kube-scheduler', { 'leader-elect-resource-lock': 'endpoints' }, 22, /^harmless .*same on each master/],
    ['kube-scheduler', { master: 'https://172.16.155.165:6443' }, 20, /^matters .*API server of kuberm2/],
    ['kube-scheduler', { kubeconfig: null }, 20, /^matters no --kubeconfig/],
    ['kube-scheduler', { address: null }, 22, /^matters no --address.*profiles/],
    ['kube-scheduler', { port: '10251' }, 24, /^matters --port=10251: gone in 1\.24/],
    ['kube-controller-manager', { address: null }, 22, /^nothing$/],
    [
      'kube-controller-manager',
      { 'log-dir': '/var/log' },
      26,
      /^matters --log-dir=\/var\/log: gone in 1\.26/,
    ],
    ['kube-apiserver', { 'apiserver-count': '1' }, 20, /^matters .*hold 1, and 2 API servers push/],
    ['kube-apiserver', { 'apiserver-count': null }, 20, /^matters no --apiserver-count.*hold 1/],
    ['kube-apiserver', { 'apiserver-count': '3' }, 20, /^matters .*stays in/],
    [
      'kube-apiserver',
      { 'apiserver-count': '3', 'endpoint-reconciler-type': 'lease' },
      20,
      /^harmless .*it is ignored: lease keeps/,
    ],
    ['kube-apiserver', { 'endpoint-reconciler-type': 'none' }, 20, /^matters .*nobody keeps/],
    ['kube-apiserver', { 'endpoint-reconciler-type': null }, 10, /^nothing$/],
    ['kube-apiserver', { 'insecure-port': '8080' }, 20, /^matters .*only 0 is allowed/],
    ['kube-apiserver', { 'insecure-port': '0' }, 6, /^harmless .*safer/],
    ['kube-apiserver', { 'insecure-port': '0', 'insecure-bind-address': '0.0.0.0' }, 6, /^harmless .*safer/],
    ['kube-apiserver', { 'insecure-bind-address': '10.0.0.1' }, 6, /^danger .*port 8080 on 10\.0\.0\.1/],
    ['kube-apiserver', { 'etcd-servers': 'http://127.0.0.1:2379' }, 20, /^matters .*every user/],
    ['kube-apiserver', { 'etcd-certfile': null }, 20, /^matters no --etcd-certfile/],
    ['kube-apiserver', { 'authorization-mode': 'AlwaysAllow' }, 20, /^matters .*may do everything/],
    [
      'kube-apiserver',
      { 'authorization-mode': null, 'authorization-config': '/a' },
      32,
      /^harmless --authorization-config/,
    ],
    ['kube-apiserver', { 'secure-port': '8443' }, 20, /^nothing$/],
    ['kube-apiserver', { 'client-ca-file': '/etc/kubernetes/pki/ca.crt' }, 20, /^nothing$/],
    ['kube-apiserver', { 'tls-cipher-suites': 'X' }, 20, /^harmless --tls-cipher-suites=X: an addition/],
    [
      'kubelet',
      { 'anonymous-auth': null, config: '/var/lib/kubelet/config.yaml' },
      36,
      /^harmless .*not read/,
    ],
    ['kubelet', { 'authorization-mode': null }, 36, /^matters .*Webhook/],
    ['kubelet', { 'read-only-port': null }, 36, /^matters .*shows all its pods/],
    ['etcd', { 'listen-client-urls': 'http://0.0.0.0:2379' }, 20, /^danger .*asks nobody/],
    ['etcd', { 'listen-client-urls': 'http://127.0.0.1:2379' }, 20, /^matters .*every user/],
    ['etcd', { 'client-cert-auth': null }, 20, /^danger no --client-cert-auth.*TLS alone/],
    ['etcd', { 'listen-peer-urls': 'http://0.0.0.0:2380' }, 20, /^danger .*other members/],
    ['etcd', { 'listen-peer-urls': null }, 20, /^harmless .*only this machine/],
  ] as const)('%s with %j of 1.%i', (component, changes, minor, expected) => {
    expect(first(component, { ...changes }, minor)).toMatch(expected);
  });

  it('is the scheduler of 1.9.0 to 1.9.3 without --leader-elect', () => {
    const flags = changed(9, 'kube-scheduler', { 'leader-elect': null });
    expect(said('kube-scheduler', flags, { minor: 9, version: 'v1.9.2' })[0]).toMatch(
      /^matters .*by accident/,
    );
    expect(said('kube-scheduler', flags, { minor: 9, version: 'v1.9.11' })[0]).toMatch(/^harmless/);
  });

  it('is not judged by what stands elsewhere', () => {
    const where = { minor: 20, elsewhere: '/etc/default/etcd' };
    const lines = said('etcd', new Map(), where);
    expect(lines.length).toBeGreaterThan(3);
    expect(lines.filter((line) => !line.includes('/etc/default/etcd may say it'))).toEqual([]);
  });

  it('does not come back when systemd is not told to start it again', () => {
    expect(restartJudged('kube-scheduler', 'on-failure')).toBeNull();
    expect(restartJudged('kube-scheduler', 'always')).toMatchObject({ weight: 'harmless' });
    expect(restartJudged('kube-scheduler', null)).toMatchObject({ weight: 'matters' });
  });

  it('matters when it is missing, unless it is the store’s or the node’s', () => {
    expect(unitComponents.filter((one) => missingUnit(one).weight === 'matters')).toEqual([...elected]);
  });
});

describe('masters beside each other', () => {
  const pair = (component: UnitComponent, minor: number, changes: Record<string, string | null>) =>
    betweenMasters([
      { master: 'a', component, minor, flags: renderedFor(minor, component) },
      { master: 'b', component, minor, flags: changed(minor, component, changes) },
    ]).map(
      ({ weight, why, ...one }) => `${weight} ${masterDifferenceWords({ weight, why, ...one })}: ${why}`,
    );

  it('differ by what holds, not by what is written', () => {
    expect(pair('kube-scheduler', 20, { 'leader-elect': null, master: 'https://10.0.0.2:6443' })).toEqual([]);
    expect(valueInForce('kube-scheduler', 'leader-elect', new Map([['leader-elect', 'T']]), 20)).toBe('true');
  });

  it('must look at the same lock and agree on its times', () => {
    const other = { master: 'https://10.0.0.2:6443' };
    expect(pair('kube-scheduler', 20, { ...other, 'leader-elect-resource-lock': 'endpoints' })).toEqual([
      expect.stringMatching(/^matters --\S+ is leases on a, endpoints on b: .*both work at once/),
    ]);
    expect(pair('kube-scheduler', 20, { ...other, 'leader-elect-lease-duration': '60s' })).toEqual([
      expect.stringMatching(/^matters --\S+ is 15s on a, 60s on b/),
    ]);
    expect(pair('kube-scheduler', 20, { ...other, v: '2' })).toEqual([
      expect.stringMatching(/^harmless --v/),
    ]);
    expect(pair('kube-scheduler', 20, { ...other, profiling: 'false' })).toEqual([
      expect.stringMatching(/^matters --profiling is not given on a, false on b: masters should be alike/),
    ]);
  });

  it('must not publish one address, nor ask one API server', () => {
    expect(pair('kube-apiserver', 20, {})).toEqual([
      expect.stringMatching(/^matters --advertise-address is .*publish one address/),
    ]);
    expect(pair('kube-scheduler', 20, {})).toEqual([
      expect.stringMatching(/^matters --master is .*one and the same API server/),
    ]);
  });
});
