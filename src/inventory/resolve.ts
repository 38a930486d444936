// From the inventory as written to the inventory in memory: paths expanded, ssh_config looked up, defaults filled in.
import { dirname, join, resolve } from 'node:path';
import type { ClusterReach, ComponentPlace, Inventory, Master, SshReach } from './inventory.ts';
import type { ParsedInventory } from './schema.ts';
import { type SettingsQuery, sshSettings } from './sshconfig/settings.ts';
import { expandPath, type Surroundings } from './surroundings.ts';

type WrittenMaster = ParsedInventory['masters'][number];
type WrittenSsh = NonNullable<WrittenMaster['ssh']>;
type WrittenPlaces = ParsedInventory['components'];

interface Setting {
  readonly inventory: ParsedInventory;
  readonly folder: string;
  readonly surroundings: Surroundings;
}

/** OpenSSH's own order, without the kinds of key that need hardware. */
const usualIdentities = ['id_rsa', 'id_ecdsa', 'id_ed25519'] as const;

/** `user@alias`, as on ssh's command line, or a bare alias. */
function aliasParts(alias: string): { readonly host: string; readonly user?: string } {
  const at = alias.lastIndexOf('@');
  return at < 0 ? { host: alias } : { host: alias.slice(at + 1), user: alias.slice(0, at) };
}

const without = <T extends object>(facts: T) =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };

async function sshReach(
  written: WrittenSsh,
  { inventory, folder, surroundings }: Setting,
): Promise<SshReach> {
  const { home, globalKnownHostsFiles } = surroundings;
  const given = typeof written === 'string' ? aliasParts(written) : written;
  const configFile = inventory.ssh?.configFile;
  const query: SettingsQuery = {
    host: given.host,
    ...without({
      user: given.user,
      port: 'port' in given ? given.port : undefined,
      configFile:
        configFile === undefined || configFile === 'none' ? configFile : expandPath(configFile, home, folder),
    }),
  };
  const settings = await sshSettings(query, surroundings);
  const named =
    'identityFile' in given && given.identityFile !== undefined ? [given.identityFile].flat() : [];
  const identityFiles = [...named.map((file) => expandPath(file, home, folder)), ...settings.identityFiles];
  return {
    via: 'ssh',
    host: settings.hostName,
    port: settings.port ?? 22,
    user: settings.user ?? surroundings.user,
    identityFiles:
      identityFiles.length > 0 ? identityFiles : usualIdentities.map((file) => join(home, '.ssh', file)),
    ...without({
      identitiesNamed: named.length > 0 ? true : undefined,
      identitiesOnly: settings.identitiesOnly || undefined,
      agentSocket: settings.agentSocket,
      hostKeyAlias: settings.hostKeyAlias,
      hashKnownHosts: settings.hashKnownHosts || undefined,
      addressFamily: settings.addressFamily,
      connectTimeoutMs: settings.connectTimeoutMs,
      // What the inventory itself says about known hosts wins over ssh_config.
      knownHostsFiles:
        inventory.ssh?.knownHostsFile === undefined
          ? (settings.knownHostsFiles ?? [join(home, '.ssh/known_hosts'), ...globalKnownHostsFiles])
          : undefined,
      strictHostKeyChecking:
        inventory.ssh?.strictHostKeyChecking === undefined ? settings.strictHostKeyChecking : undefined,
    }),
  };
}

/** A master's own places laid over those for all masters, component by component. */
function placesOf(general: WrittenPlaces, own: WrittenPlaces): Record<string, ComponentPlace> {
  const names = new Set([...Object.keys(general ?? {}), ...Object.keys(own ?? {})]);
  return Object.fromEntries(
    [...names].map((name) => [name, without({ ...general?.[name], ...own?.[name] })]),
  );
}

async function resolveMaster(written: WrittenMaster, setting: Setting): Promise<Master> {
  return {
    name: written.name,
    reach: written.ssh === undefined ? { via: 'local' } : await sshReach(written.ssh, setting),
    components: placesOf(setting.inventory.components, written.components),
    ...without({ identity: written.identity, api: written.api }),
  };
}

function clusterReach({
  inventory: { cluster },
  folder,
  surroundings: { home, env },
}: Setting): ClusterReach {
  if (cluster?.via === 'ssh') return { via: 'ssh', kubeconfig: cluster.kubeconfig };
  const fromEnv = env.KUBECONFIG?.split(':').find((file) => file !== '');
  const kubeconfig =
    cluster === undefined ? resolve(fromEnv ?? join(home, '.kube/config')) : cluster.kubeconfig;
  return {
    via: 'kubeconfig',
    kubeconfig: expandPath(kubeconfig, home, folder),
    ...without({ context: cluster?.context }),
  };
}

/** Relative paths count from the inventory's folder. Throws `bad-ssh-config`, `ssh-config-unsupported` (exit 2). */
export async function resolveInventory(
  inventory: ParsedInventory,
  file: string,
  surroundings: Surroundings,
): Promise<Inventory> {
  const setting: Setting = { inventory, folder: dirname(resolve(file)), surroundings };
  return {
    source: file,
    masters: await Promise.all(inventory.masters.map((master) => resolveMaster(master, setting))),
    knownHostsFile: expandPath(
      inventory.ssh?.knownHostsFile ?? '~/.ssh/known_hosts',
      surroundings.home,
      setting.folder,
    ),
    strictHostKeyChecking: inventory.ssh?.strictHostKeyChecking ?? 'ask',
    sudo: inventory.sudo ?? 'auto',
    cluster: clusterReach(setting),
    ...without({ balancer: setting.inventory.balancer }),
  };
}
