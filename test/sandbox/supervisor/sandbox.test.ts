// A sandbox as other programs meet it: real ssh, real files, real TLS.
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readInventory } from '../../../src/inventory/read.ts';
import { listSandboxes, type Sandbox, startSandbox } from '../../../src/sandbox/up.ts';
import { portsOf } from './leftovers.ts';
import { until } from './poll.ts';
import { hasSsh, ssh } from './ssh.ts';

describe.skipIf(!hasSsh)('a sandbox', () => {
  let sandbox: Sandbox;
  const on = (master: string, command: string, input?: string) =>
    ssh(sandbox.sshConfigFile, master, command, input);
  const say = async (master: string, command: string) => (await on(master, command)).stdout;

  beforeAll(async () => {
    sandbox = await startSandbox({ lock: 'endpoints' });
  });
  afterAll(() => sandbox?.down());

  it('has two masters that answer by their names', async () => {
    expect(await say('kuberm', 'hostname')).toBe('kuberm');
    expect(await say('kuberm2', 'hostname; hostname -I')).toBe('kuberm2\n172.16.155.165');
    expect((await listSandboxes()).map(({ id }) => id)).toContain(sandbox.id);
  });

  it('is led by the first master, with a standby on the other', async () => {
    for (const component of ['kube-scheduler', 'kube-controller-manager']) {
      const record = await say('kuberm2', `kubectl -n kube-system get endpoints ${component} -o json`);
      const { holderIdentity } = JSON.parse(
        JSON.parse(record).metadata.annotations['control-plane.alpha.kubernetes.io/leader'],
      );
      expect(holderIdentity).toMatch(/^kuberm(_|$)/);
      expect(await say('kuberm2', `systemctl is-active ${component}`)).toBe('active');
    }
  });

  it('publishes both API servers under their own addresses', async () => {
    const lines = (await say('kuberm', 'kubectl get endpoints kubernetes')).split('\n');
    expect(lines[0]).toBe('NAME         ENDPOINTS                                 AGE');
    expect(lines[1]).toMatch(/^kubernetes {3}172\.16\.155\.158:6443,172\.16\.155\.165:6443 {3}\d+s$/);
    const stored = JSON.parse(
      await say('kuberm', 'etcdctl get /registry/services/endpoints/default/kubernetes'),
    );
    expect(stored.subsets[0].addresses).toEqual([{ ip: '172.16.155.158' }, { ip: '172.16.155.165' }]);
  });

  it('passes on input, output, errors, exit codes and signals', async () => {
    const told = await on('kuberm', 'cat; echo aside >&2; exit 7', 'said\n');
    expect(told).toMatchObject({ stdout: 'said', stderr: 'aside', exitCode: 7 });
    // ssh ends with 255 when the command was ended by a signal.
    expect((await on('kuberm', 'kill -KILL $$')).exitCode).toBe(255);
  });

  it('starts, stops and follows a component', async () => {
    const journal = execa(
      'ssh',
      ['-F', sandbox.sshConfigFile, 'kuberm2', 'journalctl -u kube-scheduler -f -n 0 -o cat'],
      {
        reject: false,
      },
    );
    let heard = '';
    journal.stdout.on('data', (text) => {
      heard += text;
    });
    const pid = await say('kuberm2', 'systemctl show -P MainPID kube-scheduler');
    process.kill(Number(pid), 0);
    await until('the journal is followed', async () => {
      await say('kuberm2', 'sudo -n systemctl restart kube-scheduler');
      return heard.includes('Started Kubernetes Scheduler.');
    });
    journal.kill();
    expect(await say('kuberm2', 'systemctl show -P MainPID kube-scheduler')).not.toBe(pid);
    expect(() => process.kill(Number(pid), 0)).toThrow();
  });

  it('follows a log file by the path that the unit gives', async () => {
    const unit = await say('kuberm', 'systemctl cat kube-controller-manager');
    const folder = /--log-dir=(\S+)/.exec(unit)?.[1] ?? '';
    const command = `tail -n 100 -F ${folder}/kube-controller-manager.INFO`;
    const tail = execa('ssh', ['-F', sandbox.sshConfigFile, 'kuberm', command], { reject: false });
    let heard = '';
    tail.stdout.on('data', (text) => {
      heard += text;
    });
    await until('a line of the log', () => /^I\d{4} /m.test(heard), 15_000);
    tail.kill();
  });

  it('loses its timers and starts its enabled units when a master reboots', async () => {
    const pid = await say('kuberm2', 'systemctl show -P MainPID kube-scheduler');
    await on(
      'kuberm2',
      'systemd-run --unit=kha-lab-return --on-active=600 true; systemctl mask --runtime kube-scheduler',
    );
    const lasting = on('kuberm2', 'sleep 1000');
    await on('kuberm2', 'reboot');
    expect((await lasting).exitCode).toBe(255);
    const again = await until('it runs again', async () => {
      const now = await say('kuberm2', 'systemctl show -P MainPID kube-scheduler');
      return now !== '' && now !== '0' && now !== pid && now;
    });
    process.kill(Number(again), 0);
    expect(await say('kuberm2', 'systemctl show -P LoadState kha-lab-return.timer kube-scheduler')).toBe(
      'not-found\n\nloaded',
    );
  });

  it('is an inventory that can be read', async () => {
    const inventory = await readInventory(sandbox.inventoryFile);
    expect(inventory.masters.map(({ name }) => name)).toEqual(['kuberm', 'kuberm2']);
    expect(inventory.strictHostKeyChecking).toBe('yes');
    expect(inventory.cluster).toEqual({ via: 'kubeconfig', kubeconfig: sandbox.kubeconfigFile });
  });

  it('lets nobody else in: files are their owner’s alone', async () => {
    expect(statSync(sandbox.stateDir).mode & 0o777).toBe(0o700);
    for (const name of await readdir(sandbox.stateDir, { recursive: true })) {
      const { mode } = await stat(join(sandbox.stateDir, name)).catch(() => ({ mode: 0 }));
      expect(`${name} ${(mode & 0o077).toString(8)}`).toBe(`${name} 0`);
    }
  });

  it('lets nobody else in: another key, another user, no certificate', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'other-key-'));
    const own = ['-F', sandbox.sshConfigFile, '-o', 'BatchMode=yes'];
    await execa('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, 'id')]);
    const other = [
      '-F',
      'none',
      '-o',
      'BatchMode=yes',
      '-o',
      'StrictHostKeyChecking=no',
      '-o',
      'UserKnownHostsFile=/dev/null',
    ];
    const port = /Port (\d+)/.exec(readFileSync(sandbox.sshConfigFile, 'utf8'))?.[1] ?? '';
    const tries = [
      [...other, '-i', join(folder, 'id'), '-o', 'IdentitiesOnly=yes', '-p', port, 'root@127.0.0.1', 'true'],
      [...own, '-l', 'nobody', 'kuberm', 'true'],
    ];
    for (const words of tries) {
      const { exitCode, stderr } = await execa('ssh', words, { reject: false, stdin: 'ignore' });
      expect(`${exitCode} ${stderr}`).toMatch(/^255 .*Permission denied \(publickey\)/s);
    }
    rmSync(folder, { recursive: true });
    const apiPorts = [...readFileSync(sandbox.kubeconfigFile, 'utf8').matchAll(/127\.0\.0\.1:(\d+)/g)].map(
      ([, one]) => Number(one),
    );
    const units = await say('kuberm', 'systemctl cat etcd');
    const store = Number(/--listen-client-urls=https:\/\/127\.0\.0\.1:(\d+)/.exec(units)?.[1]);
    for (const api of [...apiPorts, store]) expect(await withoutCertificate(api)).toBe('refused');
  });

  it.skipIf(process.platform !== 'linux')(
    'listens on loopback only, and nowhere that is not known',
    async () => {
      const pids = (await say('kuberm', 'true; grep -ls KHA_SANDBOX_ID /proc/self/environ')).length;
      expect(pids).toBeGreaterThan(0);
      const listening = readFileSync('/proc/net/tcp', 'utf8')
        .split('\n')
        .filter((line) => / 0A /.test(line));
      for (const port of portsOf(sandbox)) {
        const hex = port.toString(16).toUpperCase().padStart(4, '0');
        const own = listening.filter((line) => new RegExp(`: [0-9A-F]{8}:${hex} `).test(line));
        expect(own.map((line) => line.trim().split(/\s+/)[1])).toEqual([`0100007F:${hex}`]);
      }
    },
  );

  it('tunnels to its own API servers and store, and to nothing else', async () => {
    const through = (target: string) =>
      execa('ssh', ['-F', sandbox.sshConfigFile, '-W', target, 'kuberm'], {
        reject: false,
        input: 'x\n',
        timeout: 10_000,
      });
    const refused = await through('127.0.0.1:22');
    expect(refused.stderr).toMatch(/forwarding failed|open failed/);
    const known = await through('172.16.155.165:6443');
    expect(known.stderr).not.toMatch(/forwarding failed|open failed/);
  });
});

function withoutCertificate(port: number): Promise<string> {
  return new Promise((resolve) => {
    const sent = request({ host: '127.0.0.1', port, path: '/', rejectUnauthorized: false }, () =>
      resolve('answered'),
    );
    sent.once('error', () => resolve('refused'));
    sent.end();
  });
}
