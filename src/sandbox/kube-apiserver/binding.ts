// Binding: how a scheduler gives a pod to a node, once.
import { isMap, listAt, textAt, timestamp } from './object.ts';
import type { Named } from './read.ts';
import { badRequest, conflict } from './refusal.ts';
import { changeObject, type Writing } from './write.ts';

/** Sets the pod's node and its condition PodScheduled. @throws Refusal 404, or 409 when it has a node already */
export async function bind(writing: Writing, target: Named, binding: unknown): Promise<void> {
  const node = textAt(binding, 'target.name');
  if (node === '') throw badRequest('a binding names its node: target.name is required');
  const { kind, namespace, name } = target;
  await changeObject(writing, { kind, namespace, name, subresource: 'binding' }, (pod) => {
    const held = textAt(pod, 'spec.nodeName');
    if (held !== '') throw conflict(kind, name, `pod ${name} is already assigned to node "${held}"`);
    if (pod.metadata.deletionTimestamp)
      throw conflict(kind, name, `pod ${name} is being deleted, cannot be assigned`);
    const conditions = listAt(pod, 'status.conditions').filter(
      (one) => textAt(one, 'type') !== 'PodScheduled',
    );
    const scheduled = {
      type: 'PodScheduled',
      status: 'True',
      lastProbeTime: null,
      lastTransitionTime: timestamp(),
    };
    return {
      ...pod,
      spec: { ...(isMap(pod.spec) ? pod.spec : {}), nodeName: node },
      status: { ...(isMap(pod.status) ? pod.status : {}), conditions: [...conditions, scheduled] },
    };
  });
}
