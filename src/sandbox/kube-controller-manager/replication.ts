// Gives ReplicationControllers their pods, as fast as the real one's client lets it: what piled up while nobody led takes its time.
import { ApiError } from '../client/client.ts';
import type { KubeObject, Pod } from '../client/object.ts';
import { type Reflection, reflect } from '../client/reflector.ts';
import type { Component } from '../elector/component.ts';
import { createAllowance } from './allowance.ts';

interface Controller extends KubeObject {
  readonly spec: { readonly replicas?: number; readonly template?: PodTemplate };
  readonly status?: { readonly replicas?: number };
}

interface PodTemplate {
  readonly metadata?: { readonly labels?: Readonly<Record<string, string>> };
  readonly spec?: Pod['spec'];
}

const againAfterMs = 1000;
/** `--kube-api-qps` and `--kube-api-burst` where nobody sets them. */
const perSecond = 20;
const burst = 30;

/** Runs until the process ends. */
export function replicate(component: Component): void {
  const { client } = component;
  const { signal } = new AbortController();
  const look = () => void work();
  const controllers = reflect<Controller>(client, {
    path: '/api/v1/replicationcontrollers',
    signal,
    changed: look,
  });
  const pods = reflect<Pod>(client, { path: '/api/v1/pods', signal, changed: look });
  const allowed = createAllowance({ perSecond, burst });
  /** Pods made but not seen yet, by their controller's uid: they count. */
  const made = new Map<string, Set<string>>();
  let working = false;
  let again = false;

  const work = async () => {
    again = true;
    if (working) return;
    working = true;
    while (again) {
      again = false;
      for (const one of [...controllers.objects.values()]) {
        try {
          await settle(one);
        } catch (error) {
          // Its namespace is going, or it is gone itself: what is seen next decides.
          if (!(error instanceof ApiError && error.status < 500)) setTimeout(look, againAfterMs);
        }
      }
    }
    working = false;
  };

  const settle = async (controller: Controller) => {
    const uid = controller.metadata.uid ?? '';
    const wanted = controller.spec.replicas ?? 1;
    const own = podsOf(uid, pods);
    const unseen = made.get(uid) ?? new Set<string>();
    for (const { metadata } of own) unseen.delete(metadata.name);
    if (controller.metadata.deletionTimestamp) return;
    for (let has = own.length + unseen.size; has < wanted; has += 1) {
      await allowed();
      const pod = await client.send({
        method: 'POST',
        path: pathOf(controller, 'pods'),
        body: podOf(controller),
      });
      made.set(uid, unseen.add(pod.metadata.name));
      tell(component, controller, `Created pod: ${pod.metadata.name}`, 'SuccessfulCreate');
    }
    for (const { metadata } of own.slice(wanted)) {
      await allowed();
      await client.send({ method: 'DELETE', path: `${pathOf(controller, 'pods')}/${metadata.name}` });
      tell(component, controller, `Deleted pod: ${metadata.name}`, 'SuccessfulDelete');
    }
    const replicas = own.length + unseen.size;
    if (controller.status?.replicas === replicas) return;
    await allowed();
    const path = `${pathOf(controller, 'replicationcontrollers')}/${controller.metadata.name}/status`;
    await client.send({
      method: 'PATCH',
      path,
      body: { status: { replicas, fullyLabeledReplicas: replicas } },
    });
  };
}

function podsOf(uid: string, pods: Reflection<Pod>): readonly Pod[] {
  return [...pods.objects.values()].filter(({ metadata, status }) => {
    const over = status?.phase === 'Succeeded' || status?.phase === 'Failed';
    return (
      !over && !metadata.deletionTimestamp && metadata.ownerReferences?.some((owner) => owner.uid === uid)
    );
  });
}

function podOf({ metadata: { name, uid = '' }, spec: { template } }: Controller): object {
  const owner = {
    apiVersion: 'v1',
    kind: 'ReplicationController',
    name,
    uid,
    controller: true,
    blockOwnerDeletion: true,
  };
  const metadata = { ...template?.metadata, generateName: `${name}-`, ownerReferences: [owner] };
  return { apiVersion: 'v1', kind: 'Pod', metadata, spec: template?.spec };
}

function pathOf({ metadata }: Controller, plural: string): string {
  return `/api/v1/namespaces/${metadata.namespace ?? 'default'}/${plural}`;
}

function tell({ emit }: Component, controller: Controller, message: string, reason: string): void {
  emit({
    about: { ...controller, kind: 'ReplicationController', apiVersion: 'v1' },
    type: 'Normal',
    reason,
    message,
  });
}
