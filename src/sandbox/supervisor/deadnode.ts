// The tutorial's minion that has been dead for weeks: a node that nobody speaks for, which the leading controller-manager reports.
import type { ApiClient } from './api.ts';

const name = 'kubermnode2';
/** As long as in the tutorial's log. */
const silentForMs = 11 * 24 * 3_600_000;
const types = ['MemoryPressure', 'DiskPressure', 'Ready'] as const;

/** Never rejects: a sandbox is good without it. */
export async function leaveDeadNode(api: ApiClient): Promise<void> {
  const at = `${new Date(Date.now() - silentForMs).toISOString().slice(0, 19)}Z`;
  const metadata = { name, labels: { 'kubernetes.io/hostname': name } };
  const conditions = types.map((type) => ({
    type,
    status: 'Unknown',
    lastHeartbeatTime: at,
    lastTransitionTime: at,
    reason: 'NodeStatusUnknown',
    message: 'Kubelet stopped posting node status.',
  }));
  const send = (method: string, path: string, contentType: string, body: object) =>
    api.ask(path, { method, contentType, body: JSON.stringify(body) });
  const node = { apiVersion: 'v1', kind: 'Node', metadata, spec: {} };
  try {
    await send('POST', '/api/v1/nodes', 'application/json', node);
    await send('PATCH', `/api/v1/nodes/${name}/status`, 'application/merge-patch+json', {
      status: { conditions },
    });
  } catch {
    // What asks for it says that it is not there.
  }
}
