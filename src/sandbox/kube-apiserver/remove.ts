// Delete one object or a collection.
import { ownClock } from '../clock/clock.ts';
import { type Kind, keyOf, kindsOf, prefixOf } from './kinds.ts';
import { at, isMap, type KubeObject, timestamp } from './object.ts';
import { getObject, type Named } from './read.ts';
import { conflict, forbidden } from './refusal.ts';
import { decodeObject, encodeObject } from './stored.ts';
import { expectUnchanged, type Writing } from './write.ts';

/** The body of a DELETE, if there is one. */
export interface DeleteOptions {
  readonly gracePeriodSeconds: number | undefined;
  readonly preconditions: { readonly uid?: string; readonly resourceVersion?: string };
}

export function deleteOptions(body: unknown, query: URLSearchParams): DeleteOptions {
  const seconds = query.get('gracePeriodSeconds') ?? at(body, 'gracePeriodSeconds');
  const preconditions = at(body, 'preconditions');
  return {
    gracePeriodSeconds: seconds === undefined || seconds === null ? undefined : Number(seconds),
    preconditions: isMap(preconditions) ? preconditions : {},
  };
}

const ownNamespaces = ['default', 'kube-system', 'kube-public'];

/**
 * Removes an object, or marks it where somebody must let go of it first: a finalizer, or the kubelet that runs the pod.
 * @returns the object as it was last, and whether it is gone
 * @throws Refusal 403, 404, 409
 */
export async function removeObject(
  writing: Writing,
  target: Named,
  options: DeleteOptions,
): Promise<{ object: KubeObject; gone: boolean }> {
  const { store, dryRun } = writing;
  const { kind, name } = target;
  if (kind.kind === 'Namespace') {
    if (ownNamespaces.includes(name)) throw forbidden(kind, name, 'this namespace may not be deleted');
    await getObject(store, target);
    if (!dryRun) await emptyNamespace(writing, name);
  }
  for (let tried = 0; tried < 8; tried += 1) {
    const object = await getObject(store, target);
    expectUnchanged(kind, object, { ...object, metadata: { name, ...options.preconditions } });
    const key = keyOf(kind, target.namespace, name);
    const expected = Number(object.metadata.resourceVersion);
    const grace = graceOf(object, options);
    const waits = grace > 0 || (object.metadata.finalizers ?? []).length > 0;
    if (dryRun || (waits && object.metadata.deletionTimestamp)) return { object, gone: !waits };
    if (!waits) {
      if ((await store.remove({ key, expected })).done) return { object, gone: true };
      continue;
    }
    object.metadata.deletionTimestamp = timestamp(ownClock.wallMs() + grace * 1000);
    object.metadata.deletionGracePeriodSeconds = grace;
    const value = encodeObject(object);
    const outcome = await store.put({ key, value, expected });
    if (outcome.done) return { object: decodeObject(value, outcome.revision), gone: false };
  }
  throw conflict(kind, name);
}

/** Seconds a pod is given. One that no kubelet has taken up has nobody to wait for. */
function graceOf(object: KubeObject, { gracePeriodSeconds }: DeleteOptions): number {
  if (object.kind !== 'Pod' || at(object, 'status.startTime') === undefined) return 0;
  if (['Succeeded', 'Failed'].includes(String(at(object, 'status.phase')))) return 0;
  return gracePeriodSeconds ?? Number(at(object, 'spec.terminationGracePeriodSeconds') ?? 30);
}

/** What is in a namespace goes with it; no controller here would do it later. */
async function emptyNamespace({ store, style }: Writing, namespace: string): Promise<void> {
  for (const kind of kindsOf(style)) {
    if (!kind.namespaced || kind.group === 'events.k8s.io') continue;
    for (const { key, revision } of (await store.list(prefixOf(kind, namespace))).entries) {
      await store.remove({ key, expected: revision });
    }
  }
}

/** What a finished deletion answers. */
export function deletedStatus(kind: Kind, object: KubeObject) {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details: {
      name: object.metadata.name,
      ...(kind.group === '' ? {} : { group: kind.group }),
      kind: kind.plural,
      uid: object.metadata.uid,
    },
  };
}
