// Which masters there are and how they are reached and run: the inventory in memory.

export type StrictHostKeyChecking = 'yes' | 'ask' | 'accept-new';

export interface SshReach {
  readonly via: 'ssh';
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** Absolute paths, tried in this order. */
  readonly identityFiles: readonly string[];
  /** Whether `identityFiles` were asked for by name: a missing one is then an error, a missing default is not. */
  readonly identitiesNamed?: boolean;
  /** Offer only keys that `identityFiles` name, though an agent may hold more. */
  readonly identitiesOnly?: boolean;
  /** The agent's socket; `null` for no agent. Left out: SSH_AUTH_SOCK. */
  readonly agentSocket?: string | null;
  /** From an ssh_config alias: names under which known_hosts may list the host key. */
  readonly hostKeyAlias?: string;
  /** Where ssh_config names other files than the inventory's; new keys go to the first. */
  readonly knownHostsFiles?: readonly string[];
  /** Where ssh_config says otherwise for this host than the inventory. */
  readonly strictHostKeyChecking?: StrictHostKeyChecking;
  /** Write names into known_hosts as hashes. */
  readonly hashKnownHosts?: boolean;
  readonly addressFamily?: 4 | 6;
  /** ssh_config's ConnectTimeout, in milliseconds. */
  readonly connectTimeoutMs?: number;
}

/** This machine itself: for a run on a master, and for tests. */
export interface LocalReach {
  readonly via: 'local';
}

export interface ComponentPlace {
  readonly unit?: string;
  /** `journal`, or an absolute path. */
  readonly logs?: string;
}

export interface Master {
  /** The host name as lock holders show it, unless `identity` says otherwise. */
  readonly name: string;
  readonly identity?: string;
  readonly reach: SshReach | LocalReach;
  readonly api?: { readonly host: string; readonly port: number };
  readonly components: Readonly<Record<string, ComponentPlace>>;
}

export type ClusterReach =
  | { readonly via: 'kubeconfig'; readonly kubeconfig: string; readonly context?: string }
  /** The kubeconfig is read on each master, and its API server reached through the SSH connection. */
  | { readonly via: 'ssh'; readonly kubeconfig: string };

export interface Inventory {
  /** The file it came from, for messages. */
  readonly source: string;
  readonly masters: readonly Master[];
  readonly knownHostsFile: string;
  readonly strictHostKeyChecking: StrictHostKeyChecking;
  readonly sudo: 'auto' | 'never' | 'always';
  readonly cluster: ClusterReach;
  /** The load balancer before the API servers, as nodes reach it. */
  readonly balancer?: { readonly host: string; readonly port: number };
}
