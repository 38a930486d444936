// Opens the ways between a sandbox's masters: from each to every API server and to the store, as its packet filter lets.
import { Gate } from '../network/gate.ts';
import type { Master } from './master.ts';
import type { SandboxPlan } from './plan.ts';

/** The store's port as rules and outsiders name it. */
export const storePort = 2379;

export function openGates(plan: SandboxPlan, masters: readonly Master[]): void {
  for (const from of masters) {
    const { gates } = from.planned;
    masters.forEach((to, at) => {
      const { address, advertisedPort, apiPort } = to.planned;
      const port = gates.api[at] ?? 0;
      const advertised = { address, port: advertisedPort };
      open({ from, to, unit: 'kube-apiserver.service', port, serverPort: apiPort, advertised });
    });
    const [to] = masters;
    if (!to) continue;
    const advertised = { address: to.planned.address, port: storePort };
    open({ from, to, unit: 'etcd.service', port: gates.etcd, serverPort: plan.etcdPort, advertised });
  }
}

function open(way: {
  readonly from: Master;
  readonly to: Master;
  readonly unit: string;
  readonly port: number;
  readonly serverPort: number;
  readonly advertised: { readonly address: string; readonly port: number };
}): void {
  const { from, to, unit, port, serverPort, advertised } = way;
  // A rule may name the server as it is advertised, or as the units here have it.
  const names = [advertised, ...[port, serverPort].map((one) => ({ address: '127.0.0.1', port: one }))];
  const gate = new Gate({
    port,
    serverPort,
    isDropped: () => names.some((name) => from.firewall.drops(name)),
    isServed: () => {
      const { isUp, sub } = to.manager.service(unit);
      return isUp && sub !== 'auto-restart';
    },
  });
  from.firewall.onChange(() => gate.look());
  to.manager.onChange((name) => {
    if (name === unit) gate.look();
  });
}
