// A real kubelet over a real API server: the node it makes, and the pods it runs and ends.
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Running, startComponent } from './component-start.ts';
import { eventually } from './etcd-start.ts';
import { type Api, type Sandbox, startSandbox } from './kube-apiserver-start.ts';

interface Status {
  readonly phase?: string;
  readonly podIP?: string;
  readonly conditions?: readonly { type: string; status: string }[];
  readonly containerStatuses?: readonly { containerID: string; restartCount: number }[];
}

const name = '172.16.155.158';
const podPath = '/api/v1/namespaces/default/pods/canary';

describe('kubelet', () => {
  let sandbox: Sandbox;
  let api: Api;
  let kubelet: Running;
  beforeAll(async () => {
    sandbox = await startSandbox();
    api = sandbox.apis[0];
    kubelet = startComponent({
      name: 'kubelet',
      host: 'kuberm',
      kubeconfig: api.kubeconfig,
      style: '1.36',
      flags: [`--hostname-override=${name}`, '--register-node=true'],
    });
  });
  afterAll(async () => {
    await kubelet.stop();
    await sandbox.clear();
  });

  const statusOf = async (path: string) => (await api.send('GET', path)).body?.status as Status | undefined;
  const runs = () =>
    eventually(async () => {
      const status = await statusOf(podPath);
      return status?.phase === 'Running' ? status : undefined;
    });
  const isAlive = (pid: number) => {
    try {
      process.kill(pid, 0);
      return true;
    } catch {
      return false;
    }
  };
  const pidOf = (status: Status) =>
    Number(status.containerStatuses?.[0]?.containerID.replace('kha-lab://', ''));

  it('makes its host a ready node', async () => {
    const ready = await eventually(async () => {
      const status = await statusOf(`/api/v1/nodes/${name}`);
      return status?.conditions?.find(({ type }) => type === 'Ready');
    });
    expect(ready.status).toBe('True');
  });

  it('runs a pod bound to it, as a program of ours, again when that ends, and no more when it is deleted', async () => {
    await api.send('POST', '/api/v1/namespaces/default/pods', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'canary' },
      spec: {
        nodeName: name,
        containers: [{ name: 'main', image: 'any', command: ['touch', '/tmp/never'] }],
      },
    });
    const first = await runs();
    expect(first.podIP).toMatch(/^172\.17\.0\.\d+$/);
    expect(isAlive(pidOf(first))).toBe(true);

    process.kill(pidOf(first), 'SIGKILL');
    const second = await eventually(async () => {
      const status = await statusOf(podPath);
      return status?.containerStatuses?.[0]?.restartCount === 1 ? status : undefined;
    });
    expect(isAlive(pidOf(second))).toBe(true);

    await api.send('DELETE', podPath);
    await eventually(async () => ((await api.send('GET', podPath)).status === 404 ? true : undefined));
    await eventually(() => (isAlive(pidOf(second)) ? undefined : true));
  });

  it('takes its pods along when it ends', async () => {
    await api.send('POST', '/api/v1/namespaces/default/pods', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'canary' },
      spec: { nodeName: name, containers: [{ name: 'main', image: 'any' }] },
    });
    const status = await runs();
    const exited = once(kubelet.child, 'exit');
    kubelet.child.stdin?.end();
    await exited;
    await eventually(() => (isAlive(pidOf(status)) ? undefined : true));
  });
});

describe('kube-proxy', () => {
  it('logs where the service kubernetes leads', async () => {
    const sandbox = await startSandbox({ style: '1.6' });
    const { kubeconfig } = sandbox.apis[0];
    const proxy = startComponent({ name: 'kube-proxy', host: 'kuberm', kubeconfig, style: '1.6', flags: [] });
    try {
      await proxy.line(
        /proxier\.go:472\] Setting endpoints for "default\/kubernetes:https" to \[172\.16\.155\.158:6443 172\.16\.155\.165:6443\]$/,
      );
    } finally {
      await proxy.stop();
      await sandbox.clear();
    }
  });
});
