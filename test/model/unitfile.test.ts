// Unit files verbatim: the tutorial's eight, the real clusters', and what systemd allows.
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  electionTerms,
  execArgv,
  execArgvs,
  flagDifferences,
  flagsOf,
  logPlaceOf,
  parseUnitFile,
  parseUnitFiles,
  settingsOf,
} from '../../src/model/unitfile.ts';

const fixture = (file: string) => readFileSync(new URL(`../fixtures/${file}`, import.meta.url), 'utf8');
const tutorialUnit = (host: string, component: string) =>
  parseUnitFile(fixture(`tutorial/${host}.${component}.service`));
const tutorialFlags = (host: string, component: string) => flagsOf(execArgv(tutorialUnit(host, component)));
const flags = (...words: string[]) => flagsOf(['program', ...words]);

describe("the tutorial's units", () => {
  it('are eight, each with its program', () => {
    const files = readdirSync(new URL('../fixtures/tutorial', import.meta.url)).filter((name) =>
      name.endsWith('.service'),
    );
    expect(files).toHaveLength(8);
    for (const name of files) {
      const unit = parseUnitFile(fixture(`tutorial/${name}`));
      expect(execArgv(unit)[0]).toBe(`/opt/bin/${name.split('.')[1]}`);
      expect(settingsOf(unit, 'Service', 'Restart')).toEqual(['on-failure']);
      expect(settingsOf(unit, 'Install', 'WantedBy')).toEqual(['multi-user.target']);
    }
  });

  it('keep a value apart from the continuation glued to it', () => {
    expect(Object.fromEntries(tutorialFlags('kuberm', 'kube-apiserver'))).toEqual({
      'insecure-bind-address': '0.0.0.0',
      'insecure-port': '8080',
      'etcd-servers': 'http://172.16.155.158:2379',
      logtostderr: 'false',
      'allow-privileged': 'false',
      'service-cluster-ip-range': '172.18.0.0/16',
      'admission-control': 'NamespaceLifecycle,ServiceAccount,LimitRanger,SecurityContextDeny,ResourceQuota',
      'service-node-port-range': '30000-32767',
      'advertise-address': '172.16.155.158',
      v: '6',
      'storage-backend': 'etcd2',
      'log-dir': '/var/log/kubernetes',
      'client-ca-file': '/srv/kubernetes/ca.crt',
      'tls-private-key-file': '/srv/kubernetes/server.key',
      'tls-cert-file': '/srv/kubernetes/server.cert',
      'service-account-key-file': '/srv/kubernetes/server.key',
      'secure-port': '6443',
      'apiserver-count': '2',
    });
    expect(Object.fromEntries(tutorialFlags('kuberm', 'kubelet'))).toMatchObject({
      'cluster-dns': '172.18.0.5',
      v: '3',
    });
    expect(settingsOf(tutorialUnit('kuberm', 'kubelet'), 'Unit', 'Requires')).toEqual(['docker.service']);
    expect(settingsOf(tutorialUnit('kuberm', 'kubelet'), 'Service', 'KillMode')).toEqual(['process']);
  });

  it('differ between the masters in privilege and address', () => {
    const differences = (component: string) =>
      flagDifferences(tutorialFlags('kuberm', component), tutorialFlags('kuberm2', component));
    expect(differences('kube-apiserver')).toEqual([
      { flag: 'advertise-address', a: '172.16.155.158', b: '172.16.155.165' },
      { flag: 'allow-privileged', a: 'false', b: 'true' },
    ]);
    for (const component of ['kube-scheduler', 'kube-controller-manager']) {
      expect(differences(component)).toEqual([
        { flag: 'master', a: '172.16.155.158:8080', b: '172.16.155.165:8080' },
      ]);
    }
    expect(flagDifferences(flags('--a', '--b=1'), flags('--a'))).toEqual([{ flag: 'b', a: '1', b: null }]);
  });

  it('log where their flags say', () => {
    const place = (component: string) => {
      const file = tutorialUnit('kuberm', component);
      return logPlaceOf({ file, flags: flagsOf(execArgv(file)), unit: `${component}.service`, component });
    };
    expect(place('kube-scheduler')).toEqual({ at: 'journal', unit: 'kube-scheduler.service' });
    expect(place('kube-controller-manager')).toEqual({
      at: 'file',
      path: '/var/log/kubernetes/kube-controller-manager.INFO',
    });
  });

  it('elect by the defaults of 1.6', () => {
    expect(electionTerms('kube-scheduler', tutorialFlags('kuberm', 'kube-scheduler'), 'v1.6.4')).toEqual({
      leaseDurationMs: 15_000,
      renewDeadlineMs: 10_000,
      retryPeriodMs: 2000,
      releasesOnStop: false,
    });
  });
});

describe('units in general', () => {
  it('several as systemctl cat prints them, named', () => {
    const units = parseUnitFiles(fixture('kubernetes-1.20.2-endpoints/kuberm.units.txt'));
    expect(units.map(({ name }) => name)).toEqual([
      'kube-apiserver.service',
      'kube-scheduler.service',
      'kube-controller-manager.service',
    ]);
    expect(execArgv(units[1] ?? parseUnitFile(''))).toHaveLength(9);
    expect(settingsOf(units[1] ?? parseUnitFile(''), 'Service', 'RestartSec')).toEqual(['5']);
  });

  it('drop-ins merged in order, an empty value taking back those before', () => {
    const unit = parseUnitFile(
      [
        '# /lib/systemd/system/kube-scheduler.service',
        '[Service]',
        'ExecStart=/opt/bin/kube-scheduler --v=2',
        'StandardOutput=journal',
        '',
        '# /etc/systemd/system/kube-scheduler.service.d/10-flags.conf',
        '[Service]',
        '; quieter',
        'ExecStart=',
        'ExecStart=-/opt/bin/kube-scheduler \\',
        '# not a flag',
        '  --v=5 \\',
        '  --x',
        'StandardError=append:/var/log/s.log',
      ].join('\n'),
    );
    expect(unit).toMatchObject({ name: 'kube-scheduler.service', paths: { length: 2 } });
    expect(execArgvs(unit)).toEqual([['/opt/bin/kube-scheduler', '--v=5', '--x']]);
    expect(unit.settings.at(-1)?.path).toBe('/etc/systemd/system/kube-scheduler.service.d/10-flags.conf');
    const clues = {
      file: unit,
      flags: flagsOf(execArgv(unit)),
      unit: 'kube-scheduler.service',
      component: 'kube-scheduler',
    };
    expect(logPlaceOf(clues)).toEqual({ at: 'file', path: '/var/log/s.log' });
  });

  it('quotes, escapes, environment', () => {
    const unit = parseUnitFile(
      [
        '[Service]',
        'Environment="LOG=--v=5 --logtostderr=true" NAME=kuberm',
        `ExecStart=@/bin/x "two words" --a='q "r"' --b="c\\x41\\"" $LOG --host=\${NAME}.lab \${GONE} 100%% $$x`,
      ].join('\n'),
    );
    expect(execArgv(unit)).toEqual([
      '/bin/x',
      'two words',
      '--a=q "r"',
      '--b=cA"',
      '--v=5',
      '--logtostderr=true',
      '--host=kuberm.lab',
      `$\{GONE}`,
      '100%',
      '$x',
    ]);
    expect(execArgv(parseUnitFile('no unit at all'))).toEqual([]);
  });

  it('never throws, whatever the text', () => {
    const piece = fc.constantFrom(
      '[Service]\n',
      'ExecStart=',
      '"',
      "'",
      '\\',
      '\n',
      ' ',
      '--a',
      '=',
      '# /x/y.service\n',
      '$',
      '{',
      'ü',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        for (const argv of parseUnitFiles(pieces.join('')).map(execArgv)) flagsOf(argv);
      }),
    );
  });

  it('give every word back that systemd quoting can write', () => {
    const quoted = (text: string) =>
      `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('$', '$$$$').replaceAll('%', '%%')}"`;
    fc.assert(
      fc.property(
        fc.array(
          fc.string({
            unit: fc.constantFrom('a', ' ', '"', "'", '\\', '$', '%', '=', '-', 'ü'),
            minLength: 1,
          }),
          { minLength: 1, maxLength: 5 },
        ),
        (words) => {
          const line = `[Service]\nExecStart=/bin/x ${words.map(quoted).join(' ')}`;
          expect(execArgv(parseUnitFile(line)).slice(1)).toEqual(words);
        },
      ),
    );
  });
});
