// Where real masters keep their parts and their state: the cache folder, one folder per pair.
import { homedir } from 'node:os';
import { join } from 'node:path';

/** All that there can be; most tests boot the tutorial's two. */
export const MASTER_NAMES = ['kuberm', 'kuberm2', 'kuberm3'] as const;
export const ADDRESSES: Readonly<Record<string, string>> = {
  kuberm: '172.16.155.158',
  kuberm2: '172.16.155.165',
  kuberm3: '172.16.155.166',
  balancer: '172.16.155.10',
};
/** Where the load balancer is, in pairs that have one. */
export const BALANCER = 'balancer';
/** The master that is a node too, where one is. */
export const NODE = 'kuberm';
export const GATEWAY = '172.16.155.1';
export const SERVICE_RANGE = '172.18.0.0/16';
/** Of the service `kubernetes`: the first of the range. */
export const SERVICE_ADDRESS = '172.18.0.1';

/** Where components that log to files do so. */
export const LOG_FOLDER = '/var/log/kubernetes';

/** The folder builds and state live under; the same one that build/cache.sh uses. */
export function cacheFolder(): string {
  const base = process.env.XDG_CACHE_HOME;
  return join(base === undefined || base === '' ? join(homedir(), '.cache') : base, 'kha-lab');
}

/** One folder a pair; each holds a state.json that says who owns it. */
export function pairsFolder(): string {
  return join(cacheFolder(), 'masters');
}

export function namespaceName(id: string): string {
  return `kha-${id}`;
}

export function namespaceFile(id: string): string {
  return `/run/netns/${namespaceName(id)}`;
}

/** The name systemd-nspawn knows a master by; unique on this machine, unlike the master's own host name. */
export function machineName(id: string, master: string): string {
  return `kha-${id}-${master}`;
}

/** The address of a master by its name; throws for a name this harness does not know. */
export function addressOf(master: string): string {
  const address = ADDRESSES[master];
  if (address === undefined) throw new Error(`no address is known for a master called ${master}`);
  return address;
}
