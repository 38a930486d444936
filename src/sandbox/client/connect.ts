// How every client component of the sandbox begins: flags, log, connection, and the leash that ends it.
import { hostname } from 'node:os';
import type { Klog } from '../klog/klog.ts';
import { openLog } from '../klog/open.ts';
import { readStyle, type Style } from '../kube-apiserver/style.ts';
import { type Flags, readFlags, required } from '../process/flags.ts';
import { type ApiClient, createClient } from './client.ts';
import { readKubeconfig } from './kubeconfig.ts';
import { advertisedBase, requestLines } from './requestlines.ts';

export interface Connected {
  readonly flags: Flags;
  readonly style: Style;
  readonly klog: Klog;
  readonly client: ApiClient;
  /** The API server's URL as it is known outside of the sandbox. */
  readonly advertised: string;
  /** The host's name: the master's, not this machine's. */
  readonly host: string;
}

/** Ends the process with a fatal line when flags or kubeconfig cannot be used. */
export function connect(program: string, argv: readonly string[], environment: NodeJS.ProcessEnv): Connected {
  // The supervisor holds the other end: without it nothing here may live on.
  const leave = () => process.exit(1);
  process.stdin.once('end', leave).once('error', leave).resume();
  const flags = readFlags(argv);
  const style = readStyle(environment.KHA_SANDBOX_STYLE);
  const klog = openLog(program, flags, environment);
  const access = orExit(klog, () => readKubeconfig(required(flags, 'kubeconfig')));
  const advertised = advertisedBase(environment.KHA_SANDBOX_ADVERTISED, access.server);
  const client = createClient(access, requestLines(style, { klog, base: advertised }));
  return { flags, style, klog, client, advertised, host: environment.KHA_SANDBOX_HOSTNAME || hostname() };
}

function orExit<T>(klog: Klog, work: () => T): T {
  try {
    return work();
  } catch (error) {
    klog.log('FATAL', 'server.go:68', `invalid configuration: ${(error as Error).message}`);
    process.exit(1);
  }
}
