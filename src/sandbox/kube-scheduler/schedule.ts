// Binds pods that wait for a node: what a leading scheduler does.

import { ApiError } from '../client/client.ts';
import type { Condition, Node, Pod } from '../client/object.ts';
import { keyOf, type Reflection } from '../client/reflector.ts';
import { ownDate } from '../clock/clock.ts';
import type { Component } from '../elector/component.ts';
import { structured } from '../klog/structured.ts';
import { placePod } from './fit.ts';

const againAfterMs = 1000;

export interface Caches {
  readonly pods: Reflection<Pod>;
  readonly nodes: Reflection<Node>;
}

/** Returns what to call whenever pods or nodes may have changed. */
export function createScheduling(component: Component, caches: Caches): () => void {
  /** Pods being bound, or bound but not yet seen so. */
  const underWay = new Map<string, string>();
  /** Why a pod was last found unschedulable: told once. */
  const told = new Map<string, string>();
  let again: NodeJS.Timeout | undefined;

  const look = () => {
    const pods = [...caches.pods.objects.values()];
    for (const [key, uid] of underWay) {
      const pod = caches.pods.objects.get(key);
      if (!pod || pod.metadata.uid !== uid || pod.spec.nodeName) underWay.delete(key);
    }
    const nodes = [...caches.nodes.objects.values()];
    const load = new Map<string, number>();
    for (const { spec } of pods)
      if (spec.nodeName) load.set(spec.nodeName, (load.get(spec.nodeName) ?? 0) + 1);
    for (const pod of pods.filter(waits)) {
      const key = keyOf(pod);
      if (underWay.has(key)) continue;
      const placing = placePod(pod, { nodes, load, style: component.style });
      if ('node' in placing) {
        load.set(placing.node, (load.get(placing.node) ?? 0) + 1);
        told.delete(key);
        underWay.set(key, pod.metadata.uid ?? '');
        void bind(component, pod, placing.node).catch((error: unknown) => retry(key, error));
      } else if (told.get(key) !== placing.why) {
        told.set(key, placing.why);
        void refuse(component, pod, placing.why).catch((error: unknown) => retry(key, error));
      }
    }
  };

  const retry = (key: string, error: unknown) => {
    underWay.delete(key);
    told.delete(key);
    // Somebody else was first, or the pod is gone: the caches will say.
    if (error instanceof ApiError && (error.status === 404 || error.status === 409)) return;
    clearTimeout(again);
    again = setTimeout(look, againAfterMs);
  };
  return look;
}

function waits({ spec, metadata, status }: Pod): boolean {
  if (spec.nodeName || metadata.deletionTimestamp) return false;
  const done = status?.phase === 'Succeeded' || status?.phase === 'Failed';
  return !done && (spec.schedulerName ?? 'default-scheduler') === 'default-scheduler';
}

async function bind({ client, klog, emit, style }: Component, pod: Pod, node: string): Promise<void> {
  const { name, namespace = 'default', uid } = pod.metadata;
  klog.v(
    3,
    'schedule_one.go:83',
    style === '1.6'
      ? `About to try and schedule pod ${name}`
      : structured('Attempting to schedule pod', { pod: `${namespace}/${name}` }),
  );
  await client.send({
    method: 'POST',
    path: `/api/v1/namespaces/${namespace}/pods/${name}/binding`,
    body: {
      apiVersion: 'v1',
      kind: 'Binding',
      metadata: { name, namespace, ...(uid && { uid }) },
      target: { apiVersion: 'v1', kind: 'Node', name: node },
    },
  });
  const where = `${namespace}/${name}`;
  if (style === '1.36')
    klog.v(2, 'schedule_one.go:337', structured('Successfully bound pod to node', { pod: where, node }));
  const message = `Successfully assigned ${style === '1.6' ? name : where} to ${node}`;
  emit({ about: { ...pod, kind: 'Pod', apiVersion: 'v1' }, type: 'Normal', reason: 'Scheduled', message });
}

async function refuse({ client, klog, emit, style }: Component, pod: Pod, why: string): Promise<void> {
  const { name, namespace = 'default' } = pod.metadata;
  const others = (pod.status?.conditions ?? []).filter(({ type }) => type !== 'PodScheduled');
  const condition: Condition = {
    type: 'PodScheduled',
    status: 'False',
    reason: 'Unschedulable',
    message: why,
    lastProbeTime: null,
    lastTransitionTime: `${ownDate().toISOString().slice(0, 19)}Z`,
  };
  klog.v(
    2,
    style === '1.6' ? 'scheduler.go:165' : 'schedule_one.go:1106',
    style === '1.6'
      ? `Failed to schedule: ${namespace}/${name}, error: ${why}`
      : structured('Unable to schedule pod; no fit; waiting', { pod: `${namespace}/${name}`, err: why }),
  );
  emit({
    about: { ...pod, kind: 'Pod', apiVersion: 'v1' },
    type: 'Warning',
    reason: 'FailedScheduling',
    message: why,
  });
  await client.send({
    method: 'PATCH',
    path: `/api/v1/namespaces/${namespace}/pods/${name}/status`,
    body: { status: { conditions: [...others, condition] } },
  });
}
