// Everything about a sandbox that is settled before anything runs: names, addresses, ports, paths, units.
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { MasterPlan, UnitPlan } from '../../units/plan.ts';
import type { ClockSetting } from '../clock/fault.ts';
import { balancerPlace, masterAddress, masterNames } from '../masters.ts';
import type { SandboxOptions } from '../options.ts';
import { hasProgram } from '../programs.ts';
import { type RealPrograms, realPrograms } from './real-programs.ts';

export interface PlannedMaster {
  readonly name: string;
  /** What its API server publishes; nothing listens there. */
  readonly address: string;
  /** The port it publishes. */
  readonly advertisedPort: number;
  /** Its API server on 127.0.0.1. */
  readonly apiPort: number;
  /** Where its own clients dial it: one of the gates. */
  readonly ownApi: number;
  /** Ports on 127.0.0.1 by which its own clients reach each master's API server, in order, and the store. */
  readonly gates: { readonly api: readonly number[]; readonly etcd: number };
  /** Null: right. */
  readonly clock: ClockSetting | null;
  readonly root: string;
  readonly shimSocket: string;
}

export interface OutsidePlace {
  readonly address: string;
  readonly port: number;
  /** On 127.0.0.1. */
  readonly localPort: number;
}

export interface SandboxPlan {
  readonly id: string;
  readonly stateDir: string;
  readonly options: SandboxOptions;
  readonly masters: readonly PlannedMaster[];
  readonly etcdPort: number;
  /** The service `kubernetes` as clients know it, and the loopback port of the first master's kube-proxy for it. */
  readonly service: OutsidePlace;
  /** The load balancer before the API servers, as nodes know it, and where it really listens. */
  readonly balancer: OutsidePlace;
  readonly units: UnitPlan;
  /** Null: the sandbox's own. */
  readonly real: RealPrograms | null;
}

export async function planSandbox(facts: {
  readonly id: string;
  readonly stateDir: string;
  readonly options: SandboxOptions;
}): Promise<SandboxPlan> {
  const { id, stateDir, options } = facts;
  const names = options.masters ?? masterNames(2);
  const real = options.binDir === undefined ? null : await realPrograms(options.binDir);
  const { clocks = {} } = options;
  const stranger = Object.keys(clocks).find((name) => !names.includes(name));
  if (stranger !== undefined) throw new Error(`no master ${stranger} whose clock could be wrong`);
  if (real && Object.keys(clocks).length > 0) throw new Error('real programs keep to the true clock');
  const sinceMs = Date.now();
  const count = names.length;
  const [etcdPort = 0, peerPort = 0, servicePort = 0, balancerPort = 0, ...ports] = await freePorts(
    4 + count + count * (count + 1),
  );
  const gatesOf = (at: number) => {
    const [etcd = 0, ...api] = ports.slice(count + at * (count + 1)).slice(0, count + 1);
    return { api, etcd };
  };
  const masters = names.map((name, at): PlannedMaster => {
    const address = masterAddress(at);
    if (address === undefined || !/^[a-z0-9][a-z0-9-]*$/.test(name))
      throw new Error(`not a master here: ${name}`);
    const root = join(stateDir, 'masters', name);
    const shimSocket = join(stateDir, `${at}.sock`);
    const apiPort = ports[at] ?? 0;
    const gates = gatesOf(at);
    const ownApi = gates.api[at] ?? 0;
    const fault = clocks[name];
    const clock = fault ? { ...fault, sinceMs } : null;
    return { name, address, advertisedPort: 6443, apiPort, ownApi, gates, clock, root, shimSocket };
  });
  const terms = {
    ...seconds('leaseDuration', options.leaseDurationMs),
    ...seconds('renewDeadline', options.renewDeadlineMs),
    ...seconds('retryPeriod', options.retryPeriodMs),
  };
  const etcdUrl = `https://127.0.0.1:${etcdPort}`;
  const units: UnitPlan = {
    version: real?.version ?? (options.lock === 'endpoints' ? '1.6' : '1.36'),
    masters: masters.map(unitPlaces),
    lock: options.lock,
    terms,
    ...(options.endpointReconciler && { reconciler: options.endpointReconciler }),
    serviceRange: '172.18.0.0/16',
    etcd: { listen: etcdUrl, url: etcdUrl, peer: `https://127.0.0.1:${peerPort}` },
    ...(real && { sharedMachine: true }),
    node: real ? [] : (['kubelet', 'kube-proxy'] as const).filter((name) => hasProgram(name)),
  };
  const service = { address: '172.18.0.1', port: 443, localPort: servicePort };
  const balancer = { ...balancerPlace, localPort: balancerPort };
  return { id, stateDir, options, masters, etcdPort, service, balancer, units, real };
}

// Nothing here can be root's own /var/log: the units say where it really lies.
function unitPlaces({ name, address, apiPort, ownApi, gates, root }: PlannedMaster): MasterPlan {
  return {
    name,
    address,
    securePort: apiPort,
    api: `https://127.0.0.1:${ownApi}`,
    bindAddress: '127.0.0.1',
    etcdUrl: `https://127.0.0.1:${gates.etcd}`,
    bin: join(root, 'opt/bin'),
    keys: join(root, 'srv/kubernetes'),
    logs: join(root, 'var/log/kubernetes'),
    data: join(root, 'var/lib/etcd'),
  };
}

function seconds(name: string, ms: number | undefined): Record<string, string> {
  return ms === undefined ? {} : { [name]: `${Math.round(ms / 1000)}s` };
}

// Held all at once, so that they differ; let go before the components ask for them.
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, () => {
      const server = createServer();
      return new Promise<typeof server>((resolve, reject) => {
        server.once('error', reject);
        server.listen(0, '127.0.0.1', () => resolve(server));
      });
    }),
  );
  const ports = servers.map((server) => {
    const address = server.address();
    return typeof address === 'object' && address ? address.port : 0;
  });
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
