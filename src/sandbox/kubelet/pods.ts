// Runs the pods that are bound to this node: each as the one program we ship, never a pod's own command.

import type { Connected } from '../client/connect.ts';
import type { Condition, Pod } from '../client/object.ts';
import { keyOf, reflect } from '../client/reflector.ts';
import { ownDate } from '../clock/clock.ts';
import { structured } from '../klog/structured.ts';
import { startContainer } from './container.ts';
import type { NodeFacts } from './node.ts';

const againAfterMs = 1000;

interface RunningPod {
  readonly uid: string;
  readonly address: string;
  end(): void;
}

/** Goes on until the process ends. */
export function runPods(component: Connected, node: NodeFacts): void {
  const running = new Map<string, RunningPod>();
  const leaving = new Set<string>();
  let addresses = 1;
  let again: NodeJS.Timeout | undefined;
  const { signal } = new AbortController();
  const pods = reflect<Pod>(component.client, { path: '/api/v1/pods', signal, changed: () => look() });

  const later = () => {
    clearTimeout(again);
    again = setTimeout(look, againAfterMs);
  };

  function look(): void {
    const mine = [...pods.objects.values()].filter(({ spec }) => spec.nodeName === node.name);
    const wanted = new Set(mine.map((pod) => `${keyOf(pod)} ${pod.metadata.uid}`));
    for (const [key, pod] of running)
      if (!wanted.has(`${key} ${pod.uid}`)) {
        pod.end();
        running.delete(key);
      }
    for (const pod of mine) {
      if (pod.metadata.deletionTimestamp) void remove(pod).catch(later);
      else if (!running.has(keyOf(pod)) && !isDone(pod)) void start(pod).catch(later);
    }
  }

  async function start(pod: Pod): Promise<void> {
    const key = keyOf(pod);
    const container = startContainer(pod.metadata.name, () => {
      running.delete(key);
      later();
    });
    addresses = (addresses % 253) + 1;
    const address = `172.17.0.${addresses + 1}`;
    running.set(key, { uid: pod.metadata.uid ?? '', address, end: container.end });
    say(component, 'Started container', pod);
    try {
      await component.client.send({
        method: 'PATCH',
        path: `/api/v1/namespaces/${pod.metadata.namespace}/pods/${pod.metadata.name}/status`,
        body: { status: runningStatus(pod, { node, address, pid: container.pid }) },
      });
    } catch (error) {
      container.end();
      running.delete(key);
      throw error;
    }
  }

  async function remove(pod: Pod): Promise<void> {
    const key = keyOf(pod);
    if (leaving.has(key)) return;
    leaving.add(key);
    running.get(key)?.end();
    running.delete(key);
    say(component, 'Killed container', pod);
    const path = `/api/v1/namespaces/${pod.metadata.namespace}/pods/${pod.metadata.name}`;
    const preconditions = { uid: pod.metadata.uid };
    try {
      await component.client.send({ method: 'DELETE', path, body: { gracePeriodSeconds: 0, preconditions } });
    } finally {
      leaving.delete(key);
    }
  }
}

function isDone({ status }: Pod): boolean {
  return status?.phase === 'Succeeded' || status?.phase === 'Failed';
}

function say({ klog, style }: Connected, what: string, { metadata }: Pod): void {
  const pod = `${metadata.namespace}/${metadata.name}`;
  klog.v(2, 'kubelet.go:1780', style === '1.6' ? `${what} of pod ${pod}` : structured(what, { pod }));
}

function runningStatus(
  pod: Pod,
  {
    node,
    address,
    pid,
  }: { readonly node: NodeFacts; readonly address: string; readonly pid: number | undefined },
) {
  const now = ownDate()
    .toISOString()
    .replace(/\.\d+Z$/, 'Z');
  const before = (pod.status?.containerStatuses ?? []) as readonly { readonly restartCount?: number }[];
  const kept = (pod.status?.conditions ?? []).filter(({ type }) => type === 'PodScheduled');
  const condition = (type: string): Condition => ({
    type,
    status: 'True',
    lastProbeTime: null,
    lastTransitionTime: now,
  });
  return {
    phase: 'Running',
    hostIP: node.address,
    podIP: address,
    startTime: pod.status?.startTime ?? now,
    conditions: [condition('Initialized'), condition('Ready'), ...kept],
    containerStatuses: (pod.spec.containers ?? []).map(({ name, image = '' }, index) => ({
      name,
      image,
      imageID: '',
      containerID: `kha-lab://${pid ?? ''}`,
      ready: true,
      restartCount: before[index] ? (before[index].restartCount ?? 0) + 1 : 0,
      state: { running: { startedAt: now } },
      lastState: {},
    })),
  };
}
