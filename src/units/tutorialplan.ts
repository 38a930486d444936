// The tutorial's plan for any masters and version: its folders, its ports, its service range.
import { minorOf } from '../model/kubeversion.ts';
import type { UnitPlan } from './plan.ts';
import type { Addressed } from './tutorial.ts';

export interface PlannedMaster extends Addressed {
  /** Of its API server; left out, 6443. */
  readonly port?: number;
}

/** For real masters: the store is on the first, and only 127.0.0.1 is served without login, where a version still has that. */
export function tutorialPlan(masters: readonly PlannedMaster[], version: string): UnitPlan {
  const store = `https://${bracketed(masters[0]?.address ?? '127.0.0.1')}:2379`;
  return {
    version,
    masters: masters.map(({ name, address, port = 6443 }) => ({
      name,
      address,
      securePort: port,
      api: `https://${bracketed(address)}:${port}`,
      bin: '/opt/bin',
      keys: '/srv/kubernetes',
      logs: '/var/log/kubernetes',
      data: '/var/lib/etcd',
    })),
    // Every version elects by one of the two; leases came as the default with 1.20.
    lock: (minorOf(version) ?? 0) < 20 ? 'endpoints' : 'leases',
    serviceRange: '172.18.0.0/16',
    etcd: { listen: store, url: store, peer: 'https://127.0.0.1:2380' },
    insecurePort: 'loopback',
    node: ['kubelet', 'kube-proxy'],
  };
}

function bracketed(address: string): string {
  return address.includes(':') ? `[${address}]` : address;
}
