// Reading kha-lab.yaml: every form it may take, and what is said about mistakes.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseInventory, readInventory } from '../../src/inventory/read.ts';
import type { Surroundings } from '../../src/inventory/surroundings.ts';
import { KhaError } from '../../src/model/failure.ts';

let folder: string;
let surroundings: Surroundings;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kha-inventory-'));
  surroundings = { home: '/home/ann', user: 'ann', env: {}, sshConfigFiles: [], globalKnownHostsFiles: [] };
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(text: string, name = 'kha-lab.yaml'): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

const read = (text: string) => readInventory(write(text), surroundings);

const full = `masters:
  - name: kuberm              # the host name
    ssh: { host: 172.16.155.158, port: 2222, user: root, identityFile: ~/.ssh/id_lab }
    api: { host: 172.16.155.158, port: 6443 }
  - name: kuberm2
    identity: kuberm2_1234
    ssh: kuberm2
    components:
      kube-scheduler: { logs: journal }
ssh: { knownHostsFile: ~/known, strictHostKeyChecking: accept-new }
sudo: never
cluster: { kubeconfig: lab.conf, context: lab }
components:
  kube-scheduler: { unit: kube-scheduler.service, logs: /var/log/kubernetes/kube-scheduler.INFO }
  kube-controller-manager: { unit: kube-controller-manager.service }
`;

describe('readInventory', () => {
  it('reads every form and fills in defaults', async () => {
    const inventory = await read(full);
    expect(inventory).toEqual({
      source: join(folder, 'kha-lab.yaml'),
      knownHostsFile: '/home/ann/known',
      strictHostKeyChecking: 'accept-new',
      sudo: 'never',
      cluster: { via: 'kubeconfig', kubeconfig: join(folder, 'lab.conf'), context: 'lab' },
      masters: [
        {
          name: 'kuberm',
          reach: {
            via: 'ssh',
            host: '172.16.155.158',
            port: 2222,
            user: 'root',
            identityFiles: ['/home/ann/.ssh/id_lab'],
            identitiesNamed: true,
          },
          api: { host: '172.16.155.158', port: 6443 },
          components: {
            'kube-scheduler': {
              unit: 'kube-scheduler.service',
              logs: '/var/log/kubernetes/kube-scheduler.INFO',
            },
            'kube-controller-manager': { unit: 'kube-controller-manager.service' },
          },
        },
        {
          name: 'kuberm2',
          identity: 'kuberm2_1234',
          reach: {
            via: 'ssh',
            host: 'kuberm2',
            port: 22,
            user: 'ann',
            identityFiles: ['id_rsa', 'id_ecdsa', 'id_ed25519'].map((name) => `/home/ann/.ssh/${name}`),
          },
          components: {
            'kube-scheduler': { unit: 'kube-scheduler.service', logs: 'journal' },
            'kube-controller-manager': { unit: 'kube-controller-manager.service' },
          },
        },
      ],
    });
  });

  it('reads a cluster that is reached through SSH, a local master, and needs no more than that', async () => {
    const inventory = await read(
      'masters:\n  - name: a\n    local: true\ncluster: { via: ssh, kubeconfig: /etc/kubernetes/admin.conf }\n',
    );
    expect(inventory.masters[0]?.reach).toEqual({ via: 'local' });
    expect(inventory.cluster).toEqual({ via: 'ssh', kubeconfig: '/etc/kubernetes/admin.conf' });
    expect(inventory.strictHostKeyChecking).toBe('ask');
    expect(inventory.knownHostsFile).toBe('/home/ann/.ssh/known_hosts');
    expect(inventory.sudo).toBe('auto');
  });

  it('takes the kubeconfig from KUBECONFIG, else the usual file', async () => {
    const text = 'masters: [{ name: a, local: true }]';
    expect((await read(text)).cluster).toEqual({ via: 'kubeconfig', kubeconfig: '/home/ann/.kube/config' });
    surroundings = { ...surroundings, env: { KUBECONFIG: '/x/one:/x/two' } };
    expect((await read(text)).cluster).toEqual({ via: 'kubeconfig', kubeconfig: '/x/one' });
  });

  it('looks up an alias in ssh_config, and lets the inventory win where it speaks', async () => {
    const config = write(
      'Host kuberm\n HostName 10.0.0.1\n Port 2200\n User op\n IdentityFile ~/.ssh/op\n HostKeyAlias km\n UserKnownHostsFile ~/kh1 ~/kh2\n StrictHostKeyChecking yes\n IdentitiesOnly yes\n HashKnownHosts yes\n',
      'config',
    );
    surroundings = { ...surroundings, sshConfigFiles: [config] };
    const text =
      'masters:\n - { name: a, ssh: kuberm }\n - { name: b, ssh: { host: kuberm, user: root, port: 22 } }\n';
    const { masters } = await read(text);
    const shared = {
      via: 'ssh',
      host: '10.0.0.1',
      identityFiles: ['/home/ann/.ssh/op'],
      identitiesOnly: true,
      hostKeyAlias: 'km',
      hashKnownHosts: true,
    };
    const judged = { knownHostsFiles: ['/home/ann/kh1', '/home/ann/kh2'], strictHostKeyChecking: 'yes' };
    expect(masters[0]?.reach).toEqual({ ...shared, ...judged, port: 2200, user: 'op' });
    expect(masters[1]?.reach).toEqual({ ...shared, ...judged, port: 22, user: 'root' });
    const strict = await read(
      `${text}ssh: { knownHostsFile: ./kh, strictHostKeyChecking: ask, configFile: config }\n`,
    );
    expect(strict.masters[0]?.reach).toEqual({ ...shared, port: 2200, user: 'op' });
    expect(strict.knownHostsFile).toBe(join(folder, 'kh'));
    const none = await read(`${text}ssh: { configFile: none }\n`);
    expect(none.masters[0]?.reach).toMatchObject({ host: 'kuberm', port: 22, user: 'ann' });
  });

  it('says that a file is missing and how to make one', async () => {
    const failure = await readInventory(join(folder, 'none.yaml')).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'inventory-missing', exit: 2 });
    expect((failure as KhaError).tryThis).toContain('kha-lab init');
  });
});

describe('mistakes', () => {
  const message = (text: string) => {
    try {
      parseInventory(text, 'kha-lab.yaml');
    } catch (error) {
      expect(error).toBeInstanceOf(KhaError);
      expect(error).toMatchObject({ code: 'bad-inventory', exit: 2 });
      return (error as KhaError).message;
    }
    throw new Error('this should have been refused');
  };
  const one = (rest: string) => `masters:\n  - name: a\n    ssh: a\n${rest}`;

  it.each([
    [
      'a key',
      'masterz:\n  - name: a\n',
      'kha-lab.yaml:1:1: "masterz" is not known here; did you mean "masters"?',
    ],
    [
      'a key inside',
      'masters:\n  - name: a\n    ssh:\n      host: h\n      usr: root\n',
      'kha-lab.yaml:5:7: "usr" is not known in masters[1].ssh; did you mean "user"?',
    ],
    [
      'a key unlike any',
      one('whatsoever: 1\n'),
      'kha-lab.yaml:4:1: "whatsoever" is not known here; known are masters, ssh, sudo, cluster, balancer, components',
    ],
    [
      'a wrong type',
      'masters: kuberm\n',
      'kha-lab.yaml:1:10: masters is "kuberm", but should be a list (lines that begin with "-")',
    ],
    [
      'a wrong number',
      'masters:\n  - name: a\n    ssh: { host: h, port: ssh }\n',
      'kha-lab.yaml:3:27: masters[1].ssh.port is "ssh", but should be a number',
    ],
    [
      'too large',
      'masters:\n  - name: a\n    ssh: { host: h, port: 65536 }\n',
      'kha-lab.yaml:3:27: masters[1].ssh.port is the number 65536, but should be at most 65535',
    ],
    [
      'too small',
      'masters:\n  - name: a\n    ssh: { host: h, port: 0 }\n',
      'kha-lab.yaml:3:27: masters[1].ssh.port is the number 0, but should be at least 1',
    ],
    [
      'neither form',
      'masters:\n  - name: a\n    ssh: 22\n',
      'kha-lab.yaml:3:10: masters[1].ssh is the number 22, but should be a text or a map (key: value)',
    ],
    ['a missing value', 'masters:\n  - ssh: a\n', 'kha-lab.yaml:2:5: masters[1].name is missing'],
    ['no masters', 'masters: []\n', 'kha-lab.yaml:1:10: masters is empty'],
    [
      'a choice',
      one('sudo: alway\n'),
      'kha-lab.yaml:4:7: sudo is "alway", but should be auto or never or always; did you mean "always"?',
    ],
    [
      'no reach',
      'masters:\n  - name: a\n',
      'kha-lab.yaml:2:5: master a does not say how it is reached: give "ssh:" or "local: true"',
    ],
    [
      'both reaches',
      one('    local: true\n'),
      'kha-lab.yaml:4:12: master a has both "ssh:" and "local:": give one',
    ],
    [
      'twice the name',
      one('  - name: a\n    ssh: b\n'),
      'kha-lab.yaml:4:11: name "a" was already given to master 1',
    ],
    [
      'a component',
      one('components:\n  kube-schedular: { logs: journal }\n'),
      'kha-lab.yaml:5:19: component "kube-schedular" is not known; did you mean "kube-scheduler"?',
    ],
    [
      'a relative log',
      one('components:\n  etcd: { logs: x.log }\n'),
      'kha-lab.yaml:5:17: components.etcd.logs is "x.log", but should be "journal" or an absolute path',
    ],
    [
      'a dash',
      'masters:\n  - name: a\n    ssh: -oProxyCommand=x\n',
      'kha-lab.yaml:3:10: masters[1].ssh is "-oProxyCommand=x", but should be an ssh_config alias without spaces that does not begin with "-"',
    ],
    [
      'a relative file on masters',
      one('cluster: { via: ssh, kubeconfig: ~/x }\n'),
      'kha-lab.yaml:4:34: with "via: ssh", "kubeconfig:" must be an absolute path on the masters',
    ],
    [
      'several',
      one('sudoo: 1\ncluste: 2\nssh: { strictHostKeyChecking: no }\n'),
      'kha-lab.yaml:4:1: "sudoo" is not known here; did you mean "sudo"? (and 2 more mistakes)',
    ],
    ['nothing', '# only a comment\n', 'kha-lab.yaml is empty'],
  ])('names %s, its place and what was meant', (_, text, expected) => {
    expect(message(text)).toBe(expected);
  });

  it('names the place of what is not YAML', () => {
    expect(message('masters:\n  - name: "a\n')).toMatch(/^kha-lab\.yaml:\d+:\d+: not valid YAML: /);
    expect(message('masters: []\nmasters: []\n')).toMatch(/^kha-lab\.yaml:2:1: not valid YAML: .*unique/);
  });

  it('shows no more of a file of another kind than its beginning', async () => {
    const failure = await read('x'.repeat(5_000)).catch((error: unknown) => error);
    expect((failure as KhaError).message).toContain('xxx…"');
    expect((failure as KhaError).message.length).toBeLessThan(250);
  });
});
