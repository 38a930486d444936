// Boots two or three real masters of a Kubernetes version for a test, and takes them down again.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type ApiAccess, holderOf, serviceAddresses } from './harness/api.ts';
import { BALANCER_PORT, startBalancer } from './harness/balancer.ts';
import { makeKeys, writeInventory } from './harness/inventory.ts';
import { writeMasterFiles } from './harness/master-files.ts';
import { mountMemory, mountRoot } from './harness/mounts.ts';
import { insideNetwork, makeNetwork } from './harness/network.ts';
import { writeNodeFiles } from './harness/node-files.ts';
import { untilNodesWork } from './harness/nodes.ts';
import { bootMachine, firstProcessOf, rebootMachine } from './harness/nspawn.ts';
import { ensureParts } from './harness/parts.ts';
import { makePki } from './harness/pki.ts';
import { addressOf, BALANCER, MASTER_NAMES, NODE } from './harness/places.ts';
import type { Version } from './harness/rendered-units.ts';
import { recordPair, tearDown, tearDownAbandoned } from './harness/state.ts';
import { linesOf, runInMaster } from './harness/truth.ts';
import { until } from './harness/until.ts';

export const COMPONENTS = ['kube-scheduler', 'kube-controller-manager'] as const;
export type Component = (typeof COMPONENTS)[number];

/** What an ordinary user may do on a master, until the lines that `kha-lab doctor` names, which are narrow, take their place. */
export const SUDOERS = ['lab ALL=(root) NOPASSWD: ALL'];

export interface BootOptions {
  readonly version: Version;
  /** Log in as root, or as the ordinary user `lab` with sudo. */
  readonly login: 'root' | 'sudo';
  /** How many masters; two unless told. */
  readonly count?: 2 | 3;
  /** The masters' time zone; UTC unless told. */
  readonly timeZone?: string;
  /** Lines of the ordinary user's sudoers file; `SUDOERS` unless told. */
  readonly sudoers?: readonly string[];
  /** More top-level fields for the inventory, `components` for one. */
  readonly inventory?: Record<string, unknown>;
  /**
   * The whole tutorial: the first master is a node too (kubelet, containerd, kube-proxy), and HAProxy stands in front of all
   * API servers.
   */
  readonly nodes?: boolean;
  /** Leave the pair running when this process ends; it then needs a `down` by hand. */
  readonly keep?: boolean;
}

export interface Masters {
  readonly id: string;
  readonly version: Version;
  readonly names: readonly string[];
  /** The kha-lab.yaml of this pair. */
  readonly inventory: string;
  readonly kubeconfig: string;
  /** The way to the API servers as the admin, past the program under test. */
  readonly api: ApiAccess;
  /** A folder of this pair's own for what a test writes. */
  readonly folder: string;
  /** Words to put before a command, so that it can reach the masters. */
  readonly inside: readonly string[];
  /** Runs a command in a master as root, past ssh; returns its standard output. */
  run(master: string, words: readonly string[]): Promise<string>;
  /** All that a component has logged in a master so far. */
  lines(master: string, component: Component): Promise<string[]>;
  /** The master whose instance holds the component's lock; null while none does. Asks `via`'s API server. */
  leader(component: Component, via?: string): Promise<string | null>;
  /** Reboots a master, as somebody does who sits at it; resolves once its systemd is back. */
  reboot(master: string): Promise<void>;
  down(): Promise<void>;
}

/** Boots the pair, kuberm first so that it leads; resolves once the others stand by for both components. */
export async function bootMasters(options: BootOptions): Promise<Masters> {
  const parts = await ensureParts(options.version);
  await tearDownAbandoned();
  const id = randomBytes(3).toString('hex');
  const folder = await recordPair(id, { keep: options.keep ?? false });
  try {
    return await boot({ id, folder, parts, options });
  } catch (error) {
    // By hand, a pair that does not come up is worth a look; a test leaves nothing.
    if (options.keep !== true) await tearDown(id);
    throw error;
  }
}

async function boot(pair: {
  id: string;
  folder: string;
  parts: Awaited<ReturnType<typeof ensureParts>>;
  options: BootOptions;
}): Promise<Masters> {
  const { id, folder, parts, options } = pair;
  const { version } = options;
  const user = options.login === 'root' ? 'root' : 'lab';
  const names = MASTER_NAMES.slice(0, options.count ?? 2);
  const pki = join(folder, 'pki');
  await makePki(pki, { masters: names.map(addressOf), store: addressOf('kuberm'), node: addressOf(NODE) });
  const keys = await makeKeys(folder, names);
  await makeNetwork(id);
  await mountMemory(folder);
  const roots = new Map<string, string>();
  for (const name of names) {
    const root = await mountRoot(folder, { master: name, rootfs: parts.rootfs });
    roots.set(name, root);
    const sudoers = options.sudoers ?? SUDOERS;
    const login = { user, sudoers, publicKey: keys.publicKey, hostKey: keys.hostKeys.get(name) ?? '' };
    await writeMasterFiles({
      root,
      name,
      version,
      masters: names,
      nodes: options.nodes === true,
      timeZone: options.timeZone ?? 'UTC',
      pki,
      ...login,
    });
    if (options.nodes && name === NODE) await writeNodeFiles({ root, rootfs: parts.rootfs, version });
  }
  const machineOf = (name: string) => ({
    root: roots.get(name) ?? '',
    binaries: parts.binaries,
    console: join(folder, `${name}.console`),
    containers: options.nodes === true && name === NODE,
  });
  const masters: Masters = {
    id,
    version,
    names,
    folder,
    inventory: await writeInventory(folder, {
      masters: names,
      user,
      keys,
      pki,
      extra: {
        ...(options.nodes && { balancer: { host: addressOf(BALANCER), port: BALANCER_PORT } }),
        ...options.inventory,
      },
    }),
    kubeconfig: join(folder, 'kubeconfig'),
    api: { id, pki },
    inside: insideNetwork(id),
    run: (master, words) => runInMaster({ id, master }, words),
    lines: (master, component) => linesOf({ id, master }, { root: roots.get(master) ?? '', component }),
    leader: (component, via = 'kuberm') =>
      holderOf({ id, pki }, { master: via, component, lock: version === '1.20.2' ? 'endpoints' : 'leases' }),
    reboot: (master) => rebootMachine({ id, master }, machineOf(master)),
    down: () => tearDown(id),
  };
  if (options.nodes) {
    const root = await mountRoot(folder, { master: BALANCER, rootfs: parts.rootfs });
    await startBalancer(id, { root, console: join(folder, `${BALANCER}.console`), masters: names });
  }
  for (const name of names) {
    await bootMachine({ id, master: name }, machineOf(name));
    await firstProcessOf({ id, master: name });
    await (name === 'kuberm' ? leads(masters, name) : standsBy(masters, name));
  }
  const addresses = names.map(addressOf).sort().join();
  await until('the kubernetes service lists every master', async () =>
    (await serviceAddresses({ id, pki }, 'kuberm')).join() === addresses ? true : undefined,
  );
  if (options.nodes) await untilNodesWork({ id, pki }, NODE);
  return masters;
}

/** A controller-manager of 1.20 that meets no API server yet ends after 10 s, and is started anew. */
const patience = { withinMs: 180_000 };

async function leads(masters: Masters, name: string): Promise<void> {
  for (const component of COMPONENTS) {
    await until(
      `${component} on ${name} (${addressOf(name)}) leads`,
      async () => ((await masters.leader(component, name)) === name ? true : undefined),
      patience,
    );
  }
}

async function standsBy(masters: Masters, name: string): Promise<void> {
  for (const component of COMPONENTS) {
    await until(
      `${component} on ${name} stands by`,
      async () =>
        (await masters.lines(name, component)).some((line) =>
          /attempting to acquire leader lease/i.test(line),
        )
          ? true
          : undefined,
      patience,
    );
  }
}
