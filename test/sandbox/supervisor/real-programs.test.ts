// Real Kubernetes and etcd on a sandbox's masters, where they are: built for the tests on real masters, or named by KHA_BIN_DIR.
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../../src/sandbox/up.ts';
import { leftovers, portsOf } from './leftovers.ts';
import { until } from './poll.ts';
import { hasSsh, ssh } from './ssh.ts';

const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'kha-lab/kubernetes');
const built = process.env.KHA_BIN_DIR ?? join(cache, '1.36.3');
const programs = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler'];
const store = [join(built, 'etcd'), '/usr/bin/etcd'].find((path) => existsSync(path));
const there =
  hasSsh && process.platform === 'linux' && store && programs.every((name) => existsSync(join(built, name)));
if (!there) console.warn('No real Kubernetes and etcd here: the sandbox is not tried with them.');

describe.skipIf(!there)('a sandbox of real programs', () => {
  let sandbox: Sandbox;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kha-bin-'));
    mkdirSync(folder, { recursive: true });
    for (const name of programs) symlinkSync(join(built, name), join(folder, name));
    symlinkSync(store ?? '', join(folder, 'etcd'));
    sandbox = await startSandbox({ lock: 'leases', binDir: folder });
  }, 90_000);
  afterAll(async () => {
    const ports = portsOf(sandbox);
    await sandbox.down();
    rmSync(folder, { recursive: true });
    // A killed API server of 300 MB listens for some moments more, until the kernel has taken it apart.
    await until('nothing is left', async () => (await leftovers(sandbox, ports)).length === 0);
  }, 30_000);

  it('is led by the first master under its own name, with a standby on the other', async () => {
    const { stdout } = await ssh(
      sandbox.sshConfigFile,
      'kuberm',
      'kubectl -n kube-system get lease kube-scheduler -o json; systemctl is-active etcd kube-apiserver kube-scheduler',
    );
    expect(stdout).toMatch(/"holderIdentity": "kuberm_/);
    expect(stdout).toMatch(/active\nactive\nactive$/);
    const standby = await ssh(
      sandbox.sshConfigFile,
      'kuberm2',
      'systemctl is-active kube-scheduler; cat /proc/self/comm',
    );
    expect(standby.stdout).toBe('active\ncat');
  });
});

it('says which program is missing', async () => {
  await expect(startSandbox({ lock: 'leases', binDir: '/nowhere' })).rejects.toThrow(
    /the sandbox did not come up: (\/nowhere has no etcd|real programs need Linux)/i,
  );
});
