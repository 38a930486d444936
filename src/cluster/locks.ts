// Watches a component's lock through one API server, whichever kind of object it is there.

import type { ComponentName } from '../model/lock.ts';
import { type LockKind, type LockRecord, recordFromAnnotated, recordFromLease } from '../model/lock.ts';
import type { EpochMs } from '../model/time.ts';
import { type KeepOptions, type KubeObject, keepInView } from './keep.ts';

export interface LockView {
  readonly component: ComponentName;
  readonly kind: LockKind;
  readonly change: 'initial' | 'changed' | 'deleted';
  /** Null once the object is deleted or carries no record. */
  readonly record: LockRecord | null;
  readonly resourceVersion: string;
  readonly arrivedMs: EpochMs;
}

export interface LockWatch extends Pick<KeepOptions<KubeObject>, 'api' | 'clock' | 'signal' | 'onTrouble'> {
  readonly component: ComponentName;
  readonly onLock: (view: LockView) => void;
}

export const lockNamespace = 'kube-system';

const places: readonly {
  kind: LockKind;
  collection: string;
  read: (object: unknown) => LockRecord | null;
}[] = [
  {
    kind: 'Lease',
    collection: '/apis/coordination.k8s.io/v1/namespaces/kube-system/leases',
    read: recordFromLease,
  },
  { kind: 'Endpoints', collection: '/api/v1/namespaces/kube-system/endpoints', read: recordFromAnnotated },
  { kind: 'ConfigMap', collection: '/api/v1/namespaces/kube-system/configmaps', read: recordFromAnnotated },
];

/** Runs until the signal aborts. Of several objects only the living one is reported: an upgrade leaves stale ones behind. */
export async function watchLock({ component, onLock, ...how }: LockWatch): Promise<void> {
  const living = livingKind();
  const watchKind = ({ kind, collection, read }: (typeof places)[number]) =>
    keepInView<KubeObject>({
      ...how,
      // Few logins may read ConfigMaps, and few clusters keep a lock there: not seeing them is no trouble.
      onTrouble: kind === 'ConfigMap' ? () => {} : how.onTrouble,
      path: collection,
      fieldSelector: `metadata.name=${component}`,
      onObject(object, change, arrivedMs) {
        const record = change === 'deleted' ? null : read(object);
        if (record === null && change !== 'deleted') return;
        if (!living(kind, record)) return;
        const { resourceVersion } = object.metadata;
        onLock({ component, kind, change, record, resourceVersion, arrivedMs });
      },
    });
  await Promise.all(places.map(watchKind));
}

/** Remembers when each kind was last renewed by its own record's word, and says whether this one is the latest. */
function livingKind(): (kind: LockKind, record: LockRecord | null) => boolean {
  const renewed = new Map<LockKind, number>();
  return (kind, record) => {
    if (record?.renewTime) renewed.set(kind, Date.parse(record.renewTime));
    const mine = renewed.get(kind) ?? 0;
    // A hybrid lock renews Endpoints and Lease within milliseconds: the Lease, first of the places, stands for both.
    const rank = (of: LockKind) => places.findIndex((place) => place.kind === of);
    return [...renewed].every(
      ([other, at]) => other === kind || at < mine - 1000 || (at < mine + 1000 && rank(other) > rank(kind)),
    );
  };
}
