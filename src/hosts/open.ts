// Opens a master as a Host, by whatever way its inventory names.
import type { Inventory, Master, SshReach } from '../inventory/inventory.ts';
import type { Host } from './host.ts';
import { LocalWire } from './local/localwire.ts';
import type { Prompts } from './prompts.ts';
import { ShellHost } from './shellhost.ts';
import { type KeyRing, newKeyRing } from './ssh/keyring.ts';
import { SshWire } from './ssh/sshwire.ts';

export type { Prompts } from './prompts.ts';
export { type KeyRing, newKeyRing } from './ssh/keyring.ts';

export interface OpenOptions {
  /** `null` where nobody can be asked: what would be asked is then refused. */
  readonly prompts: Prompts | null;
  /** Shared between hosts, so that one passphrase is asked for once. Default: one for this host. */
  readonly keyRing?: KeyRing;
}

/** A Host that is not connected yet. Nothing is sent before its first use or `connect()`. */
export function openHost(master: Master, inventory: Inventory, options: OpenOptions): Host {
  const { reach } = master;
  const wire =
    reach.via === 'local' ? new LocalWire() : new SshWire(connectionOptions(reach, inventory, options));
  return new ShellHost(master.name, { wire, sudo: inventory.sudo });
}

function connectionOptions(reach: SshReach, inventory: Inventory, { prompts, keyRing }: OpenOptions) {
  return {
    reach,
    prompts,
    keyRing: keyRing ?? newKeyRing(prompts),
    accepted: [],
    agentSocket: reach.agentSocket === undefined ? (process.env.SSH_AUTH_SOCK ?? null) : reach.agentSocket,
    hostKey: {
      host: reach.host,
      port: reach.port,
      alias: reach.hostKeyAlias,
      files: reach.knownHostsFiles ?? [inventory.knownHostsFile],
      strict: reach.strictHostKeyChecking ?? inventory.strictHostKeyChecking,
      hash: reach.hashKnownHosts === true,
      prompts,
    },
  };
}
