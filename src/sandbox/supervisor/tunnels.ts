// Where a tunnel through a master may lead.
import { storePort } from './gates.ts';
import type { OutsidePlace, PlannedMaster, SandboxPlan } from './plan.ts';

/**
 * The loopback port that stands for `host:port`: only the sandbox's own API servers, the ways to them, and the store. By its address a
 * server is reached through this master's own gate, which its packet filter may shut.
 */
export function resolveTunnel(asked: {
  readonly plan: SandboxPlan;
  readonly planned: PlannedMaster;
  readonly host: string;
  readonly port: number;
}): number | null {
  const { plan, planned, host, port } = asked;
  const isLocal = host === '127.0.0.1' || host === 'localhost';
  const known = plan.masters.find(
    (one) =>
      (port === one.advertisedPort &&
        (host === one.address || host === one.name || (isLocal && one === planned))) ||
      (port === one.apiPort && isLocal),
  );
  if (known) return isLocal ? known.apiPort : (planned.gates.api[plan.masters.indexOf(known)] ?? null);
  // What its own clients dial, as kubeconfigs on it name it.
  if (isLocal && planned.gates.api.includes(port)) return port;
  const first = plan.masters[0];
  const isAt = (place: OutsidePlace) => host === place.address && port === place.port;
  // Only a host with a kube-proxy knows the way to a service.
  if (isAt(plan.service) && planned === first && plan.units.node.includes('kube-proxy'))
    return plan.service.localPort;
  if (isAt(plan.balancer)) return plan.balancer.localPort;
  if (port === plan.etcdPort && isLocal) return plan.etcdPort;
  const isStore = port === storePort && first && (host === first.address || host === first.name);
  return isStore ? planned.gates.etcd : null;
}
