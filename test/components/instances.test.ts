// Components found on a master by what its systemd says: real units of a real control plane, answered by a host of values.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findInstances } from '../../src/components/instance.ts';
import { showUnits } from '../../src/components/unitstate.ts';
import type { Argv, Finished, Host } from '../../src/hosts/host.ts';

const fixtures = join(import.meta.dirname, '../fixtures/kubernetes-1.20.2-endpoints');
const units = readFileSync(join(fixtures, 'kuberm.units.txt'), 'utf8');
const components = ['etcd', 'kube-apiserver', 'kube-scheduler', 'kube-controller-manager'];

/** One that has these units and answers `systemctl cat` and `show` for them as systemd does. */
function hostWith(texts: Readonly<Record<string, string>>, asked: string[] = []): Host {
  const show = (id: string) => {
    const text = texts[id];
    const exec = /^ExecStart=(.*)$/m.exec(text ?? '')?.[1] ?? '';
    return text === undefined
      ? `Id=${id}\nLoadState=not-found\nActiveState=inactive\nSubState=dead\nUnitFileState=\nMainPID=0\nNRestarts=0\n`
      : `Id=${id}\nLoadState=loaded\nActiveState=active\nSubState=running\nUnitFileState=enabled\nMainPID=4711\nNRestarts=2\nRestart=on-failure\nDropInPaths=\nExecStart={ path=${exec.split(' ')[0]} ; argv[]=${exec} ; ignore_errors=no ; pid=4711 }\n`;
  };
  const answer = (argv: Argv): Partial<Finished> => {
    const [, verb, ...rest] = argv;
    const named = rest.filter((word) => !word.startsWith('--'));
    if (verb === 'cat') {
      const known = named.flatMap((name) => texts[name] ?? []);
      return { code: known.length === named.length ? 0 : 1, stdout: known.join('\n\n') };
    }
    const ids = named.flatMap((name) => (name === '*.service' ? Object.keys(texts) : [name]));
    return { stdout: ids.map(show).join('\n') };
  };
  const run = async (argv: Argv): Promise<Finished> => {
    asked.push(argv.join(' '));
    return { code: 0, signal: null, stdout: '', stderr: '', startedMs: 0, endedMs: 0, ...answer(argv) };
  };
  const refuse = () => {
    throw new Error('only questions are asked here');
  };
  return {
    name: 'kuberm',
    address: 'root@kuberm:22',
    connect: async () => {},
    run,
    ask: run,
    runTimed: refuse,
    follow: refuse,
    clock: refuse,
    tunnel: refuse,
    commandLine: (argv) => argv.join(' '),
    onState: () => () => {},
    close: async () => {},
  };
}

const texts = Object.fromEntries(
  units
    .split(/\n(?=# \/etc\/systemd)/)
    .map((text) => [/\/([^/]+\.service)$/m.exec(text.split('\n')[0] ?? '')?.[1] ?? '', text.trim()]),
);

describe('components on a master', () => {
  it('are found with their flags, terms and logs, in two questions', async () => {
    const asked: string[] = [];
    const etcd = '# /lib/systemd/system/etcd.service\n[Service]\nExecStart=/usr/bin/etcd --name=kuberm\n';
    const found = await findInstances(hostWith({ ...texts, 'etcd.service': etcd }, asked), {
      components,
      places: {},
      version: 'v1.20.2',
    });
    expect(found.map(({ component, unit }) => [component, unit])).toEqual(
      components.map((name) => [name, `${name}.service`]),
    );
    const scheduler = found.find(({ component }) => component === 'kube-scheduler');
    expect(scheduler?.argv).toContain('--leader-elect-resource-lock=endpoints');
    expect(scheduler?.terms).toMatchObject({
      leaseDurationMs: 15_000,
      renewDeadlineMs: 10_000,
      retryPeriodMs: 2_000,
    });
    expect(scheduler?.logs).toEqual({ at: 'file', path: '/var/log/kubernetes/kube-scheduler.INFO' });
    expect(found.find(({ component }) => component === 'kube-apiserver')?.terms).toBeNull();
    expect(asked).toHaveLength(2);
  });

  it('are found by the program that a unit of another name runs, and by the name the inventory gives', async () => {
    const renamed: Record<string, string> = {
      ...texts,
      'sched.service': texts['kube-scheduler.service'] ?? '',
    };
    delete renamed['kube-scheduler.service'];
    renamed['sched.service'] = (texts['kube-scheduler.service'] ?? '').replaceAll(
      'kube-scheduler.service',
      'sched.service',
    );
    const wanted = { components: ['kube-scheduler'], version: null };
    const byProgram = await findInstances(hostWith(renamed), { ...wanted, places: {} });
    expect(byProgram).toMatchObject([{ unit: 'sched.service' }]);
    const places = { 'kube-scheduler': { unit: 'sched.service', logs: 'journal' } };
    const byName = await findInstances(hostWith(renamed), { ...wanted, places });
    expect(byName).toMatchObject([{ unit: 'sched.service', logs: { at: 'journal', unit: 'sched.service' } }]);
  });

  it('are none where none are', async () => {
    expect(await findInstances(hostWith({}), { components, places: {}, version: null })).toEqual([]);
  });
});

describe('units as they are shown', () => {
  it('keep their order, missing ones included, and the command line alone', async () => {
    const shown = await showUnits(hostWith(texts), ['nothing.service', 'kube-scheduler.service']);
    expect(shown[0]).toMatchObject({ id: 'nothing.service', loaded: false, pid: null });
    expect(shown[1]).toMatchObject({
      loaded: true,
      active: 'active',
      pid: 4711,
      restarts: 2,
      enabled: 'enabled',
    });
    expect(shown[1]?.execStart).toMatch(/^\/opt\/bin\/kube-scheduler --kubeconfig=\S+ .*kubernetes$/);
  });

  it('say what to try where there is no systemctl', async () => {
    const bare: Host = {
      ...hostWith({}),
      ask: async () => ({
        code: 127,
        signal: null,
        stdout: '',
        stderr: 'systemctl: not found',
        startedMs: 0,
        endedMs: 0,
      }),
    };
    await expect(showUnits(bare, ['x.service'])).rejects.toMatchObject({
      code: 'no-systemd',
      exit: 4,
      tryThis: expect.stringContaining('systemctl show'),
    });
  });
});
