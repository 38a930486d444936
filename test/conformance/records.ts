// Every version of the Leases the candidates wrote, and what each write looked like, whoever wrote it.
import { createClient } from '../../src/sandbox/client/client.ts';
import { readKubeconfig } from '../../src/sandbox/client/kubeconfig.ts';
import type { KubeObject } from '../../src/sandbox/client/object.ts';
import type { Side } from './happening.ts';

const collection = '/apis/coordination.k8s.io/v1/namespaces/kube-system/leases';

export interface Spec {
  readonly holderIdentity: string;
  readonly leaseDurationSeconds: number;
  readonly acquireTime: string;
  readonly renewTime: string;
  readonly leaseTransitions: number;
}

export type Version = KubeObject & { readonly spec: Spec };

export interface Records {
  /** All versions of a lock so far, oldest first. */
  of(lock: string): readonly Version[];
  close(): void;
}

/** Watches from before the first write on: the Leases of candidates do not exist yet. */
export async function watchRecords(kubeconfig: string): Promise<Records> {
  const client = createClient(readKubeconfig(kubeconfig), () => undefined);
  const { metadata } = await client.send({ method: 'GET', path: collection });
  const from = metadata?.resourceVersion ?? '0';
  const ending = new AbortController();
  const versions = new Map<string, Version[]>();
  const stream = await client.stream(`${collection}?watch=1&resourceVersion=${from}`, ending.signal);
  let rest = '';
  stream.on('error', () => undefined);
  stream.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const { type, object } = JSON.parse(line) as { type: string; object: Version };
      if (type !== 'ADDED' && type !== 'MODIFIED') continue;
      const name = object.metadata.name ?? '';
      versions.set(name, [...(versions.get(name) ?? []), object]);
    }
  });
  return { of: (lock) => versions.get(lock) ?? [], close: () => ending.abort() };
}

/** `take back`: over a record that somebody else emptied under its holder. */
export type Deed = 'create' | 'take over' | 'take what was released' | 'take back' | 'renew' | 'release';

export interface Write {
  readonly side: Side;
  readonly deed: Deed;
  /** Everything about it that must not depend on who wrote it. */
  readonly shape: string;
  readonly before: Version | null;
  readonly after: Version;
}

export const sideOf = (identity: string): Side => (identity.startsWith('ours_') ? 'ours' : 'theirs');

/** @param releasedBy who emptied the record, by its renewTime: an empty record does not say so itself */
export function writesOf(versions: readonly Version[], releasedBy: (after: Version) => Side): Write[] {
  return versions.map((after, at) => {
    const before = versions[at - 1] ?? null;
    const deed = deedOf(after, before, versions[at - 2]);
    const side = deed === 'release' ? releasedBy(after) : sideOf(after.spec.holderIdentity);
    return { side, deed, shape: shapeOf(before, after), before, after };
  });
}

function deedOf({ spec }: Version, before: Version | null, earlier: Version | undefined): Deed {
  if (!before) return 'create';
  if (spec.holderIdentity === '') return 'release';
  if (before.spec.holderIdentity === '')
    return earlier?.spec.holderIdentity === spec.holderIdentity ? 'take back' : 'take what was released';
  return before.spec.holderIdentity === spec.holderIdentity ? 'renew' : 'take over';
}

function shapeOf(before: Version | null, { apiVersion, kind, metadata, spec }: Version): string {
  const changed = (key: keyof Spec) => before === null || before.spec[key] !== spec[key];
  return JSON.stringify({
    apiVersion,
    kind,
    fields: Object.keys(spec).sort(),
    holderForm: spec.holderIdentity.replace(/^(?:ours|theirs)_[0-9a-f-]{36}$/, 'side_uuid'),
    leaseDurationSeconds: spec.leaseDurationSeconds,
    transitions: spec.leaseTransitions - (before?.spec.leaseTransitions ?? 0),
    acquireTime: changed('acquireTime') ? 'new' : 'kept',
    renewTime: spec.renewTime === spec.acquireTime ? 'as acquireTime' : 'its own',
    forward: before === null || spec.renewTime > before.spec.renewTime,
    times: [spec.acquireTime, spec.renewTime].map((time) => time.replace(/\d/g, '0')),
    metadata: Object.keys(metadata).sort(),
    named: [metadata.namespace, metadata.labels ?? null, metadata.annotations ?? null],
    owned: ownedBy(metadata as { managedFields?: readonly ManagedFields[] }),
  });
}

interface ManagedFields {
  readonly operation: string;
  readonly apiVersion: string;
  readonly fieldsType: string;
  readonly fieldsV1: object;
}

/** All that managers own together: who of them owns which field depends on what else happened before. */
function ownedBy({ managedFields = [] }: { readonly managedFields?: readonly ManagedFields[] }): string[] {
  const paths = managedFields.flatMap(({ operation, apiVersion, fieldsType, fieldsV1 }) =>
    leaves(fieldsV1).map((path) => `${operation} ${apiVersion} ${fieldsType} ${path}`),
  );
  return [...new Set(paths)].sort();
}

function leaves(fields: object): string[] {
  return Object.entries(fields).flatMap(([key, below]) => {
    const under = leaves(below);
    return under.length === 0 ? [key] : under.map((path) => `${key}/${path}`);
  });
}
