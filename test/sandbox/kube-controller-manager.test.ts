// Two real controller-managers over two real API servers: they die without a word, and the leader minds the nodes.
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { goDuration, goTime } from '../../src/sandbox/kube-controller-manager/gotime.ts';
import { quick, type Running, startComponent, writtenMs } from './component-start.ts';
import { eventually } from './etcd-start.ts';
import { type Sandbox, startSandbox } from './kube-apiserver-start.ts';

describe('kube-controller-manager', () => {
  let sandbox: Sandbox;
  const running: Running[] = [];
  beforeAll(async () => {
    sandbox = await startSandbox({ style: '1.6' });
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((one) => one.stop()));
  });
  afterAll(() => sandbox.clear());

  const start = (on: 0 | 1, flags: readonly string[] = []) => {
    const { kubeconfig } = sandbox.apis[on];
    const host = on === 0 ? 'kuberm' : 'kuberm2';
    const one = startComponent({
      name: 'kube-controller-manager',
      host,
      kubeconfig,
      style: '1.6',
      flags: [...quick, ...flags],
    });
    running.push(one);
    return one;
  };

  it('does not release when stopped: the standby waits for the lease to run out', async () => {
    const first = start(0);
    await first.line(/successfully acquired lease kube-system\/kube-controller-manager$/);
    const second = start(1);
    await second.line(/lock is held by kuberm /);
    const renewed = await first.line(/succesfully renewed/, { from: first.lines.length });
    const exited = once(first.child, 'exit');
    first.child.kill('SIGTERM');
    expect(await exited).toEqual([null, 'SIGTERM']);
    const acquired = await second.line(/successfully acquired/);
    expect(writtenMs(acquired) - writtenMs(renewed)).toBeGreaterThan(3000 - 50);
  });

  it('tells of a node that has gone quiet, and marks it', async () => {
    const [api] = sandbox.apis;
    const conditions = ['OutOfDisk', 'MemoryPressure', 'Ready'].map((type) => ({
      type,
      status: type === 'Ready' ? 'True' : 'False',
      lastHeartbeatTime: '2017-05-12T10:15:25Z',
      lastTransitionTime: '2017-05-12T10:15:25Z',
      reason: 'KubeletReady',
      message: 'fine',
    }));
    const node = {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'kubermnode2' },
      status: { conditions },
    };
    await api.send('POST', '/api/v1/nodes', node);
    await api.send('PATCH', '/api/v1/nodes/kubermnode2/status', node, {
      'content-type': 'application/merge-patch+json',
    });
    const leader = start(0, ['--node-monitor-period=500ms', '--node-monitor-grace-period=2s']);
    await leader.line(/successfully acquired/);
    await leader.line(
      /nodecontroller\.go:1044\] node kubermnode2 hasn't been updated for [23]\.\d+s\. Last OutOfDisk is: &NodeCondition\{Type:OutOfDisk,Status:False,LastHeartbeatTime:2017-05-12 \d\d:\d\d:25 [-+]\d{4} \S+,LastTransitionTime:2017-05-12 .*,Reason:KubeletReady,Message:fine,\}$/,
    );
    const ready = await eventually(async () => {
      const { body } = await api.send('GET', '/api/v1/nodes/kubermnode2');
      const { conditions } = body.status as {
        conditions: { type: string; status: string; reason: string }[];
      };
      return conditions.find(({ type, status }) => type === 'Ready' && status === 'Unknown');
    });
    expect(ready.reason).toBe('NodeStatusUnknown');
  });

  it('gives a ReplicationController its pods, keeps their number, and leaves what is forbidden alone', async () => {
    const [api] = sandbox.apis;
    const leader = start(0);
    await leader.line(/successfully acquired/);
    const place = '/api/v1/namespaces/default/replicationcontrollers';
    const controller = (name: string, replicas: number, app = name) => ({
      apiVersion: 'v1',
      kind: 'ReplicationController',
      metadata: { name },
      spec: {
        replicas,
        selector: { app: name },
        template: { metadata: { labels: { app } }, spec: { containers: [{ name: 'main', image: 'none' }] } },
      },
    });
    const refused = await api.send('POST', place, controller('odd', 1, 'another'));
    expect(refused.status).toBe(422);
    const { body: made } = await api.send('POST', place, controller('pair', 2));
    const own = async () => {
      const { body } = await api.send('GET', '/api/v1/namespaces/default/pods');
      const items = body.items as {
        metadata: { name: string; labels: object; ownerReferences?: { uid: string }[] };
      }[];
      return items.filter(({ metadata }) => metadata.ownerReferences?.[0]?.uid === made.metadata.uid);
    };
    const two = await eventually(async () => {
      const { body } = await api.send('GET', `${place}/pair`);
      return (body.status as { replicas: number }).replicas === 2 ? own() : undefined;
    });
    expect(two.map(({ metadata }) => metadata)).toEqual(
      [0, 1].map(() =>
        expect.objectContaining({
          name: expect.stringMatching(/^pair-[a-z0-9]{5}$/),
          labels: { app: 'pair' },
        }),
      ),
    );
    await api.send('DELETE', `/api/v1/namespaces/default/pods/${two[0]?.metadata.name}`);
    const names = await eventually(async () => {
      const now = (await own()).map(({ metadata }) => metadata.name);
      return now.length === 2 && !now.includes(two[0]?.metadata.name ?? '') ? now : undefined;
    });
    expect(names).toContain(two[1]?.metadata.name);
    await leader.line(/SuccessfulCreate' Created pod: pair-/);
    await api.send('DELETE', `${place}/pair`);
  });

  it('prints times and durations as Go does', () => {
    expect(goDuration(510_112.359)).toBe('8m30.112359s');
    expect(goDuration(40_500)).toBe('40.5s');
    expect(goDuration(3_600_000)).toBe('1h0m0s');
    expect(goTime(null)).toBe('0001-01-01 00:00:00 +0000 UTC');
    expect(goTime('2017-05-12T10:15:25Z')).toMatch(/^2017-05-1[123] \d\d:\d\d:25 [-+]\d{4} \S+$/);
  });
});
