// What the command line and the environment say, with the real API server's names.
import { readFileSync } from 'node:fs';
import { type Flags, readFlags, required } from '../process/flags.ts';
import { readStyle, type Style } from './style.ts';

export interface Settings {
  readonly style: Style;
  /** What the endpoints of `kubernetes` publish. */
  readonly advertiseAddress: string;
  readonly apiserverCount: number;
  readonly reconciler: 'master-count' | 'lease' | 'none';
  readonly serviceRange: string;
  readonly bindAddress: string;
  readonly port: number;
  readonly etcdServers: readonly string[];
  /** PEM, as read from the files that the flags name. */
  readonly etcd: { readonly ca: Buffer; readonly cert: Buffer; readonly key: Buffer };
  readonly serving: { readonly ca: Buffer; readonly cert: Buffer; readonly key: Buffer };
  readonly flags: Flags;
}

/** @throws Error for a flag that is missing or cannot be. */
export function readSettings(argv: readonly string[], environment: NodeJS.ProcessEnv): Settings {
  const flags = readFlags(argv);
  const style = readStyle(environment.KHA_SANDBOX_STYLE);
  const file = (name: string) => readFileSync(required(flags, name));
  const bindAddress = flags.get('bind-address') ?? '127.0.0.1';
  if (bindAddress !== '127.0.0.1') {
    throw new Error(`the sandbox's API server binds to 127.0.0.1 only, not to ${bindAddress}`);
  }
  const reconciler = flags.get('endpoint-reconciler-type') ?? (style === '1.6' ? 'master-count' : 'lease');
  if (reconciler !== 'master-count' && reconciler !== 'lease' && reconciler !== 'none') {
    throw new Error(`--endpoint-reconciler-type is master-count, lease or none, not ${reconciler}`);
  }
  return {
    style,
    advertiseAddress: required(flags, 'advertise-address'),
    apiserverCount: Number(flags.get('apiserver-count') ?? 1),
    reconciler,
    serviceRange: flags.get('service-cluster-ip-range') ?? '172.18.0.0/16',
    bindAddress,
    port: Number(required(flags, 'secure-port')),
    etcdServers: required(flags, 'etcd-servers').split(','),
    etcd: { ca: file('etcd-cafile'), cert: file('etcd-certfile'), key: file('etcd-keyfile') },
    serving: { ca: file('client-ca-file'), cert: file('tls-cert-file'), key: file('tls-private-key-file') },
    flags,
  };
}
