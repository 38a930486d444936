// The nodes of a pair: the first master, waited for until it works, and one that has been dead for weeks, as in the tutorial.
import { execa } from 'execa';
import { type ApiAccess, getJson, postJson, sendJson } from './api.ts';
import { BALANCER_PORT } from './balancer.ts';
import { firstProcessOf } from './nspawn.ts';
import { addressOf, BALANCER, SERVICE_ADDRESS } from './places.ts';
import { until } from './until.ts';

const DEAD = 'kubermnode2';
const DEAD_SINCE = '2017-05-16T03:12:09Z';

/** Resolves once `master` is ready for pods and reaches an API server through the service, and anybody does through the balancer. */
export async function untilNodesWork(api: ApiAccess, master: string): Promise<void> {
  await makeDeadNode(api, master);
  const name = addressOf(master);
  await until(`the node ${name} is ready`, async () => {
    const node = (await getJson(api, master, `/api/v1/nodes/${name}`)) as NodeObject;
    return node.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True')
      ? true
      : undefined;
  });
  const machine = { id: api.id, master };
  for (const address of [`${SERVICE_ADDRESS}:443`, `${addressOf(BALANCER)}:${BALANCER_PORT}`])
    await until(`${master} reaches an API server at ${address}`, async () => {
      const enter = ['--target', String(await firstProcessOf(machine)), '--net', '--'];
      const ask = [
        'curl',
        '--silent',
        '--fail',
        '--insecure',
        '--max-time',
        '2',
        `https://${address}/readyz`,
      ];
      const { failed } = await execa('nsenter', [...enter, ...ask], { reject: false, stdin: 'ignore' });
      return failed ? undefined : true;
    });
}

interface NodeObject {
  readonly metadata?: object;
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

/** A node whose kubelet spoke once, and never again: the controller-manager that leads has something to report. */
async function makeDeadNode(api: ApiAccess, master: string): Promise<void> {
  const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: DEAD } };
  await postJson(api, master, { path: '/api/v1/nodes', object: node });
  const path = `/api/v1/nodes/${DEAD}/status`;
  const condition = {
    type: 'Ready',
    status: 'True',
    reason: 'KubeletReady',
    message: 'kubelet is posting ready status',
    lastHeartbeatTime: DEAD_SINCE,
    lastTransitionTime: DEAD_SINCE,
  };
  await until(`the node ${DEAD} is known`, async () => {
    // Written by the controller-manager meanwhile, it is read and written again.
    const { metadata } = (await getJson(api, master, `/api/v1/nodes/${DEAD}`)) as NodeObject;
    await sendJson(api, master, {
      method: 'PUT',
      path,
      object: { ...node, metadata, status: { conditions: [condition] } },
    });
    return true;
  });
}
