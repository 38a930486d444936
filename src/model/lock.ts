// Lock records: what a Lease or the leader annotation on Endpoints or ConfigMaps says.
import { isJsonObject, type JsonObject, jsonObject } from './jsonobject.ts';
import { sanitise } from './sanitise.ts';

export type ComponentName = 'kube-scheduler' | 'kube-controller-manager';

export type LockKind = 'Lease' | 'Endpoints' | 'ConfigMap';

export interface LockName {
  readonly kind: LockKind;
  readonly namespace: string;
  readonly name: string;
}

/** The record as its holder wrote it. Times are the holder's clock; any of them may be absent. */
export interface LockRecord {
  /** `""` after a release. Bare host name up to 1.9, `hostname_uuid` from 1.10. */
  readonly holder: string;
  readonly leaseDurationSeconds: number | null;
  /** RFC 3339 as written: whole seconds in an annotation, microseconds in a Lease. */
  readonly acquireTime: string | null;
  readonly renewTime: string | null;
  readonly transitions: number | null;
}

/** Where Endpoints and ConfigMap locks keep the record, as JSON. */
export const leaderAnnotation = 'control-plane.alpha.kubernetes.io/leader';

/** The record of a Lease object; null when the object is not one. A Lease without a spec is held by nobody. */
export function recordFromLease(object: unknown): LockRecord | null {
  if (!isJsonObject(object)) return null;
  return recordOf(isJsonObject(object.spec) ? object.spec : {}, 'leaseTransitions');
}

/** The record in the leader annotation of Endpoints or a ConfigMap; null when there is none or it cannot be read. */
export function recordFromAnnotated(object: unknown): LockRecord | null {
  const metadata = isJsonObject(object) ? object.metadata : null;
  const annotations = isJsonObject(metadata) ? metadata.annotations : null;
  const written = isJsonObject(annotations) ? annotations[leaderAnnotation] : null;
  if (typeof written !== 'string') return null;
  const record = jsonObject(written);
  return record && recordOf(record, 'leaderTransitions');
}

/** The host name in a holder's identity: all of it up to 1.9, what stands before the last underscore from 1.10. */
export function hostOfHolder(holder: string): string {
  const cut = holder.lastIndexOf('_');
  return cut > 0 ? holder.slice(0, cut) : holder;
}

export interface NamedMaster {
  readonly name: string;
  /** Its host name as holders show it, where that is not its name. */
  readonly identity?: string;
}

/** The name of the master that holds the lock; null when nobody or a stranger does. */
export function masterOfHolder(holder: string, masters: readonly NamedMaster[]): string | null {
  if (holder === '') return null;
  const called = (host: string) => masters.find(({ name, identity }) => (identity ?? name) === host);
  return (called(holder) ?? called(hostOfHolder(holder)))?.name ?? null;
}

/** Whether two records say the same in every field: nothing was written between them that an elector would see. */
export function sameRecord(a: LockRecord | null, b: LockRecord | null): boolean {
  if (a === null || b === null) return a === b;
  return (
    a.holder === b.holder &&
    a.leaseDurationSeconds === b.leaseDurationSeconds &&
    a.acquireTime === b.acquireTime &&
    a.renewTime === b.renewTime &&
    a.transitions === b.transitions
  );
}

/** Whether nobody holds the lock: no record at all, or one emptied by a release. */
export function isFree(record: LockRecord | null): boolean {
  return record === null || record.holder === '';
}

function recordOf(fields: JsonObject, transitions: string): LockRecord {
  return {
    holder: textOf(fields.holderIdentity) ?? '',
    leaseDurationSeconds: numberOf(fields.leaseDurationSeconds),
    acquireTime: textOf(fields.acquireTime),
    renewTime: textOf(fields.renewTime),
    transitions: numberOf(fields[transitions]),
  };
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function textOf(value: unknown): string | null {
  if (value instanceof Date) return Number.isNaN(value.valueOf()) ? null : value.toISOString();
  return typeof value === 'string' && value !== '' ? sanitise(value) : null;
}
