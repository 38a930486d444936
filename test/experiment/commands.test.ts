// What a round types, in its order; and what "as it was" means.
import { describe, expect, it } from 'vitest';
import type { UnitState } from '../../src/components/unitstate.ts';
import type { FaultGround } from '../../src/experiment/faults/design.ts';
import {
  designFault,
  type FaultKind,
  faultKinds,
  faultOf,
  longestHandoverMs,
  plannedCommands,
  returnAfterSeconds,
} from '../../src/experiment/faults.ts';
import { differenceFrom } from '../../src/experiment/restore.ts';
import { wayBackArgv } from '../../src/experiment/wayback.ts';
import { fakeMaster } from './fakemaster.ts';

const terms = {
  leaseDurationMs: 15_000,
  renewDeadlineMs: 10_000,
  retryPeriodMs: 2_000,
  releasesOnStop: null,
};

const programs: Readonly<Record<string, string>> = {
  'kube-apiserver': '--advertise-address=%A --secure-port=6443 --etcd-servers=http://10.0.0.1:2379',
};

function designOf(fault: FaultKind, more: Partial<FaultGround> = {}) {
  const masters = ['kuberm', 'kuberm2'].map((name) => ({
    name,
    host: fakeMaster(name),
    master: { name, reach: { via: 'local' }, components: {} } as never,
  }));
  const [on] = masters;
  if (!on) throw new Error('two masters');
  const instance = (master: string, component: string) => {
    if (component === 'etcd' && master !== 'kuberm') return null;
    const flags = (programs[component] ?? '').replace('%A', master === 'kuberm' ? '10.0.0.1' : '10.0.0.2');
    return {
      component,
      unit: `${component}.service`,
      argv: ['/bin/it', ...flags.split(' ')],
      terms,
      logs: null,
    };
  };
  const ground: FaultGround = {
    fault,
    component: 'kube-scheduler',
    on,
    masters,
    instance,
    terms,
    letRestart: false,
    killed: false,
    sshPort: 2222,
    ...more,
  };
  return { masters, design: designFault(ground) };
}

function typed(fault: FaultKind, more: Partial<FaultGround> = {}): readonly string[] {
  const { masters, design } = designOf(fault, more);
  const plan = plannedCommands({ design, masters, afterSeconds: 60, description: 'kha-lab: it' });
  expect(masters.flatMap(({ host }) => host.changes)).toEqual([]);
  return plan.map(({ host, text }) => `${host}: ${text.replace(/ --description.*100ms/, '')}`);
}

const armed = 'systemd-run --unit=kha-lab-return';
const unit = 'kube-scheduler.service';
const disarmed = ['kuberm', 'kuberm2'].map((name) => `${name}: systemctl stop kha-lab-return.timer`);

describe('the commands of a round', () => {
  it('arm the way back on every master before the fault and disarm it after the way back', () => {
    expect(typed('stop')).toEqual([
      `kuberm: ${armed} systemctl start ${unit}`,
      `kuberm2: ${armed} true`,
      `kuberm: systemctl stop ${unit}`,
      `kuberm: systemctl start ${unit}`,
      ...disarmed,
    ]);
  });

  it('kill with systemd kept from starting it again, and give Restart= back', () => {
    const folder = `/run/systemd/system/${unit}.d`;
    expect(typed('kill').slice(2)).toEqual([
      `kuberm: mkdir -p ${folder}`,
      `kuberm: tee ${folder}/kha-lab.conf <<< $'[Service]\\nRestart=no'`,
      'kuberm: systemctl daemon-reload',
      `kuberm: systemctl kill --kill-who=main --signal=SIGKILL ${unit}`,
      `kuberm: rm -f ${folder}/kha-lab.conf`,
      `kuberm: rmdir --ignore-fail-on-non-empty ${folder}`,
      'kuberm: systemctl daemon-reload',
      `kuberm: systemctl reset-failed ${unit}`,
      `kuberm: systemctl start ${unit}`,
      ...disarmed,
    ]);
    expect(typed('kill', { letRestart: true }).slice(2)).toEqual([
      `kuberm: systemctl kill --kill-who=main --signal=SIGKILL ${unit}`,
      `kuberm: systemctl reset-failed ${unit}`,
      `kuberm: systemctl start ${unit}`,
      ...disarmed,
    ]);
  });

  it('wake a frozen one and start it only once it has left, the timer on the master too', () => {
    const wake = `systemctl kill --kill-who=main --signal=SIGCONT ${unit}`;
    expect(typed('freeze')[0]).toBe(
      `kuberm: ${armed} sh -c ${wake} || true && sleep 15 || true && systemctl reset-failed ${unit} || true && systemctl start ${unit}`,
    );
    // What a daemon-reload would misread.
    for (const fault of faultKinds)
      expect(wayBackArgv(designOf(fault).design, 'kuberm').join(' ')).not.toMatch(/[;$%\\]/);
    for (const fault of ['freeze', 'zombie'] as const) {
      const { design } = designOf(fault);
      // A stop while it is frozen is what makes a zombie of it, and never part of a way back.
      expect(wayBackArgv(design, 'kuberm').join(' ')).not.toMatch(/systemctl stop|SIGTERM/);
      expect(design.undo.map(({ argv }) => argv.join(' '))).toEqual([wake]);
    }
    expect(typed('zombie')).toContain(`kuberm: systemctl stop ${unit}`);
    expect(typed('freeze')).not.toContain(`kuberm: systemctl stop ${unit}`);
  });

  it('cut only what leads to API servers and stores, SSH accepted first, and look at the rules before and after', () => {
    const all = typed('cut');
    const rules = 'kuberm: iptables -w -S OUTPUT';
    expect(all[0]).toBe(rules);
    const lines = all.slice(3);
    const drop = (address: string, port: number) =>
      `kuberm: iptables -w -A KHA-LAB-CUT -p tcp -d ${address} --dport ${port} -j DROP`;
    expect(lines.slice(0, 7)).toEqual([
      'kuberm: iptables -w -N KHA-LAB-CUT',
      'kuberm: iptables -w -A KHA-LAB-CUT -p tcp --sport 2222 -j ACCEPT',
      drop('10.0.0.1', 6443),
      drop('127.0.0.1', 6443),
      drop('10.0.0.1', 2379),
      drop('10.0.0.2', 6443),
      'kuberm: iptables -w -I OUTPUT 1 -j KHA-LAB-CUT',
    ]);
    expect(lines.slice(7, 10)).toEqual([
      'kuberm: iptables -w -D OUTPUT -j KHA-LAB-CUT',
      'kuberm: iptables -w -F KHA-LAB-CUT',
      'kuberm: iptables -w -X KHA-LAB-CUT',
    ]);
    expect(lines.slice(-4)).toEqual([rules, ...disarmed, rules]);
  });

  it('start again all that leaned on a server which was stopped', () => {
    const { design } = designOf('etcd');
    expect(design.touched).toEqual([
      {
        master: 'kuberm',
        units: ['etcd', 'kube-apiserver', 'kube-scheduler', 'kube-controller-manager'].map(
          (n) => `${n}.service`,
        ),
      },
      {
        master: 'kuberm2',
        units: ['kube-apiserver', 'kube-scheduler', 'kube-controller-manager'].map((n) => `${n}.service`),
      },
    ]);
    expect(typed('apiserver')[2]).toBe('kuberm: systemctl --no-block stop kube-apiserver.service');
    const killed = typed('apiserver', { killed: true }).join('\n');
    expect(killed).toMatch(/tee .*kha-lab\.conf <<< \$'\[Service\]\\nRestart=no'/);
    expect(killed).toMatch(
      /--signal=SIGKILL kube-apiserver\.service\nkuberm: systemctl start kube-apiserver/,
    );
    expect(killed).toMatch(/systemctl start kube-scheduler\.service/);
    expect(() => designOf('etcd', { instance: () => null })).toThrow(
      expect.objectContaining({ code: 'no-unit', exit: 3 }),
    );
  });

  it('leave the timer longer than any handover may take, and than a fault that is held', () => {
    expect(longestHandoverMs(terms)).toBe(23_800);
    expect(returnAfterSeconds({ terms })).toBe(60);
    expect(returnAfterSeconds({ terms, holdMs: 100_000 })).toBe(136);
    expect(() => faultOf('explode')).toThrow(expect.objectContaining({ code: 'unknown-fault', exit: 2 }));
  });
});

describe('the difference from before', () => {
  const before: UnitState = {
    id: 'kube-scheduler.service',
    loaded: true,
    active: 'active',
    sub: 'running',
    enabled: 'enabled',
    pid: 7,
    dropIns: '',
    restart: 'on-failure',
    restarts: 0,
    execStart: '/opt/bin/kube-scheduler --v=2',
  };

  it('is none where only the process is another', () => {
    expect(differenceFrom(before, { ...before, pid: 8, restarts: 3 })).toBeNull();
  });

  it.each([
    ['active', 'failed'],
    ['sub', 'auto-restart'],
    ['enabled', 'disabled'],
    ['dropIns', '/run/x.conf'],
    ['restart', 'no'],
    ['execStart', '/bin/other'],
  ] as const)('names %s', (name, value) => {
    expect(differenceFrom(before, { ...before, [name]: value })).toMatch(
      new RegExp(`^kube-scheduler\\.service has ${name} "${value}"`),
    );
  });
});
