// Between an object and its value in the store: plain JSON without the resourceVersion, which is the revision.
import type { KubeObject } from './object.ts';

export function decodeObject(value: string, revision: number): KubeObject {
  let object: KubeObject;
  try {
    object = JSON.parse(value) as KubeObject;
  } catch {
    // Not one of ours, as with the bookkeeping of a real etcd's own clients.
    object = { kind: '', apiVersion: '', metadata: { name: '' } };
  }
  object.metadata ??= { name: '' };
  object.metadata.resourceVersion = String(revision);
  return object;
}

export function encodeObject(object: KubeObject): string {
  const { resourceVersion: _, ...metadata } = object.metadata;
  return JSON.stringify({ ...object, metadata });
}
