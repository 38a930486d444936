// The lock's object: a Lease, or the leader annotation on Endpoints, written as the real ones write it.
import { type LockRecord, leaderAnnotation, recordFromAnnotated, recordFromLease } from '../../model/lock.ts';
import type { KubeObject, Metadata } from '../client/object.ts';

export interface LockForm {
  readonly kind: 'Lease' | 'Endpoints';
  readonly apiVersion: string;
  /** The path of the collection in kube-system. */
  readonly collection: string;
  read(object: KubeObject): LockRecord | null;
  /** The object with the record in it; everything else in `metadata` is kept. */
  write(record: LockRecord, metadata: Metadata): KubeObject;
}

export const leaseForm: LockForm = {
  kind: 'Lease',
  apiVersion: 'coordination.k8s.io/v1',
  collection: '/apis/coordination.k8s.io/v1/namespaces/kube-system/leases',
  read: recordFromLease,
  write: ({ holder, leaseDurationSeconds, acquireTime, renewTime, transitions }, metadata) => ({
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata,
    spec: {
      holderIdentity: holder,
      leaseDurationSeconds,
      acquireTime,
      renewTime,
      leaseTransitions: transitions,
    },
  }),
};

export const endpointsForm: LockForm = {
  kind: 'Endpoints',
  apiVersion: 'v1',
  collection: '/api/v1/namespaces/kube-system/endpoints',
  read: (object) =>
    recordFromAnnotated(object) ?? {
      holder: '',
      leaseDurationSeconds: 0,
      acquireTime: null,
      renewTime: null,
      transitions: 0,
    },
  write: ({ holder, leaseDurationSeconds, acquireTime, renewTime, transitions }, metadata) => {
    const written = JSON.stringify({
      holderIdentity: holder,
      leaseDurationSeconds,
      acquireTime: wholeSeconds(acquireTime),
      renewTime: wholeSeconds(renewTime),
      leaderTransitions: transitions,
    });
    const annotations = { ...metadata.annotations, [leaderAnnotation]: written };
    return { apiVersion: 'v1', kind: 'Endpoints', metadata: { ...metadata, annotations } };
  },
};

function wholeSeconds(time: string | null): string | null {
  return time === null ? null : `${time.slice(0, 19)}Z`;
}
