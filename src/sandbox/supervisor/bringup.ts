// A whole sandbox from nothing to a leader of each component, in the order that is fastest.
import { mkdirSync } from 'node:fs';
import { unitsOf } from '../../units/units.ts';
import { openBalancer } from '../balancer/balancer.ts';
import type { SandboxPlaces } from '../options.ts';
import { createPki, type Pki } from '../pki/pki.ts';
import type { Guard } from '../systemd/guard.ts';
import { type ApiClient, createApiClient } from './api.ts';
import { leaveDeadNode } from './deadnode.ts';
import { openGates } from './gates.ts';
import { writeMaster } from './layout.ts';
import { awaitLeader, awaitServing } from './leaders.ts';
import { createMaster, type Master } from './master.ts';
import type { SandboxPlan } from './plan.ts';
import type { Trace } from './trace.ts';

const electing = ['kube-scheduler', 'kube-controller-manager'] as const;
const patienceMs = 30_000;

/** Rejects when something of it does not come up. */
export async function bringUp(
  plan: SandboxPlan,
  { guard, trace }: { readonly guard: Guard; readonly trace: Trace },
): Promise<SandboxPlaces> {
  mkdirSync(`${plan.stateDir}/masters`, { mode: 0o700 });
  const pki = createPki({ masters: plan.masters });
  trace('certificates made');
  const store = createApiClient({ port: plan.etcdPort, ca: pki.ca, keys: pki.etcdClient });
  const units = unitsOf(plan.units);
  const masters = plan.masters.map((planned) => {
    const api = apiOf(pki, planned.ownApi);
    const itsStore = createApiClient({ port: planned.gates.etcd, ca: pki.ca, keys: pki.etcdClient });
    return createMaster(planned, { plan, guard, api, store: itsStore });
  });
  openGates(plan, masters);
  openBalancer({
    port: plan.balancer.localPort,
    servers: plan.masters.map(({ apiPort }) => {
      const api = apiOf(pki, apiPort);
      const check = async (signal: AbortSignal) => (await api.ask('/readyz', { signal })).status === 200;
      return { port: apiPort, check };
    }),
  });
  const [first, ...others] = masters;
  if (!first) throw new Error('a sandbox needs a master');
  const start = ({ manager, planned }: Master, name: string) =>
    manager.start(`${name}.service`).then(() => trace(`${name} of ${planned.name} started`));

  // What takes longest begins first: the rest is done while those processes load.
  writeMaster(first.planned, { pki, units: units.get(first.planned.name) ?? [], real: plan.real });
  const serving = [start(first, 'etcd')];
  // A real API server that finds no store waits for seconds before it looks again; ours looks at once.
  if (plan.real) await awaitServing(store, AbortSignal.timeout(patienceMs), '/health');
  serving.push(start(first, 'kube-apiserver'));
  for (const { planned } of others)
    writeMaster(planned, { pki, units: units.get(planned.name) ?? [], real: plan.real });
  serving.push(...others.map((master) => start(master, 'kube-apiserver')));
  const leading = lead(first, { others, plan, pki, start, trace });
  const opened = (await import('./open-to-ssh.ts')).openToSsh(plan, { masters, pki });
  const [places] = await Promise.all([opened, leading, ...serving]);
  // Nobody waits for the nodes: what they are for comes later than the sandbox's first second.
  for (const name of plan.units.node) void start(first, name);
  if (!plan.real) void leaveDeadNode(apiOf(pki, first.planned.apiPort));
  return places;
}

/** Settles when each component has a leader, on the first master, and a standby on its way on each other one. */
async function lead(
  first: Master,
  parts: {
    readonly others: readonly Master[];
    readonly plan: SandboxPlan;
    readonly pki: Pki;
    readonly start: (master: Master, name: string) => Promise<void>;
    readonly trace: Trace;
  },
): Promise<void> {
  const { others, plan, pki, start, trace } = parts;
  const { lock } = plan.options;
  const giveUp = AbortSignal.timeout(patienceMs);
  const api = apiOf(pki, first.planned.apiPort);
  await awaitServing(api, giveUp);
  trace('API server of the first master serves');
  const each = electing.map(async (component) => {
    await start(first, component);
    const holder = await awaitLeader(api, component, { lock, giveUp });
    trace(`${component} led by ${holder}`);
    // Only now: of two that begin at once either may be first, and the lab's first leader is the first master.
    await Promise.all(others.map((master) => start(master, component)));
  });
  await Promise.all(each).catch((error) => {
    throw giveUp.aborted ? new Error(`no leader within ${patienceMs / 1000} s`, { cause: error }) : error;
  });
  api.close();
}

function apiOf(pki: Pki, port: number): ApiClient {
  return createApiClient({ port, ca: pki.ca, keys: pki.admin });
}
