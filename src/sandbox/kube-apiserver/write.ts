// Create, update and patch: each one transaction of the store, so that two API servers never disagree.
import { randomBytes, randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { check, filledIn, freeAddress } from './defaults.ts';
import { apiVersionOf, type Kind, keyOf, pathOf, prefixOf } from './kinds.ts';
import { isMap, type KubeObject, textAt, timestamp } from './object.ts';
import type { Named } from './read.ts';
import { alreadyExists, badRequest, conflict, forbidden, invalid, notFound } from './refusal.ts';
import type { Target } from './route.ts';
import type { Entry, Store } from './store.ts';
import { decodeObject, encodeObject } from './stored.ts';
import type { Style } from './style.ts';

export interface Writing {
  readonly store: Store;
  readonly style: Style;
  /** `--service-cluster-ip-range`. */
  readonly serviceRange: string;
  /** Answer as if it had been done. */
  readonly dryRun: boolean;
}

/** How often a write without a version is tried again when somebody else was faster. */
const tries = 8;

/** @throws Refusal 400, 404 (no such namespace), 409, 422 */
export async function createObject(writing: Writing, target: Target, given: KubeObject): Promise<KubeObject> {
  const { store, style, dryRun } = writing;
  const { kind } = target;
  const namespace = await namespaceFor(writing, target, given);
  const name = given.metadata.name || generated(given.metadata.generateName);
  if (!name) throw invalid(kind, '', 'metadata.name', 'Required value: name or generateName is required');
  expectName(kind, name);
  const { resourceVersion, ...metadata } = given.metadata;
  if (resourceVersion) throw badRequest('resourceVersion should not be set on objects to be created');
  const born: KubeObject = {
    ...given,
    kind: kind.kind,
    apiVersion: apiVersionOf({ ...kind, group: kind.kind === 'Event' ? '' : kind.group }),
    metadata: {
      ...metadata,
      name,
      ...(namespace === undefined ? {} : { namespace }),
      ...(style === '1.6' ? { selfLink: pathOf(kind, namespace, name) } : {}),
      uid: randomUUID(),
      creationTimestamp: timestamp(),
      ...(kind.kind === 'EndpointSlice' ? { generation: 1 } : {}),
    },
  };
  const object = filledIn(kind, await addressed(writing, kind, born), style);
  if (dryRun) return object;
  const outcome = await store.put({
    key: keyOf(kind, namespace, name),
    value: encodeObject(object),
    expected: 0,
  });
  if (!outcome.done) throw alreadyExists(kind, name);
  object.metadata.resourceVersion = String(outcome.revision);
  return object;
}

/**
 * Changes what is there by `change`, which may be called again when somebody else wrote meanwhile.
 * @throws Refusal 404, 409 and what `change` throws
 */
export async function changeObject(
  writing: Writing,
  target: Named,
  change: (current: KubeObject) => KubeObject,
): Promise<KubeObject> {
  const { store, dryRun } = writing;
  const { kind, name } = target;
  const key = keyOf(kind, target.namespace, name);
  let entry: Entry | undefined = (await store.get(key)).entry;
  for (let tried = 0; tried < tries; tried += 1) {
    if (!entry) throw notFound(kind, name);
    const current = decodeObject(entry.value, entry.revision);
    const changed = settled(target, current, change(structuredClone(current)));
    check(kind, changed);
    const value = encodeObject(changed);
    // As the real one: a write that changes nothing writes nothing.
    if (dryRun || value === entry.value) return decodeObject(value, entry.revision);
    const finished = isFinished(changed);
    const expected = entry.revision;
    const outcome = finished
      ? await store.remove({ key, expected })
      : await store.put({ key, value, expected });
    if (outcome.done) return decodeObject(value, outcome.revision);
    entry = outcome.entry;
  }
  throw conflict(kind, name);
}

/** Marked for deletion and nobody's finalizer holds it any more. */
const isFinished = ({ kind, metadata }: KubeObject): boolean =>
  metadata.deletionTimestamp !== undefined && kind !== 'Pod' && (metadata.finalizers ?? []).length === 0;

/** PUT. @throws Refusal */
export async function replaceObject(writing: Writing, target: Named, given: KubeObject): Promise<KubeObject> {
  const { kind, name, subresource } = target;
  if (given.metadata.name && given.metadata.name !== name) {
    throw badRequest(
      `the name of the object (${given.metadata.name}) does not match the name on the URL (${name})`,
    );
  }
  const version = given.metadata.resourceVersion;
  if (!version && kind.mustSayVersion && !subresource) {
    throw invalid(
      kind,
      name,
      'metadata.resourceVersion',
      'Invalid value: 0: must be specified for an update',
    );
  }
  try {
    return await changeObject(writing, target, (current) => {
      expectUnchanged(kind, current, given);
      return given;
    });
  } catch (error) {
    const missing =
      !version && kind.createOnUpdate && error instanceof Error && 'code' in error && error.code === 404;
    if (!missing) throw error;
    return createObject(writing, target, { ...given, metadata: { ...given.metadata, name } });
  }
}

/** The version and uid that somebody wants to change, if he says so. @throws Refusal 409 */
export function expectUnchanged(kind: Kind, current: KubeObject, given: KubeObject): void {
  const { resourceVersion, uid } = given.metadata;
  const { name } = current.metadata;
  if (resourceVersion && resourceVersion !== current.metadata.resourceVersion) throw conflict(kind, name);
  if (uid && uid !== current.metadata.uid) {
    throw conflict(
      kind,
      name,
      `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${current.metadata.uid ?? ''}`,
    );
  }
}

/** What a write may not change stays as it was; `/status` changes the status alone, the rest all but the status. */
function settled({ kind, subresource }: Named, current: KubeObject, given: KubeObject): KubeObject {
  const { uid, creationTimestamp, name, namespace, selfLink, deletionTimestamp } = current.metadata;
  const fixed = Object.fromEntries(
    Object.entries({ name, namespace, selfLink, uid, creationTimestamp }).filter(
      ([, value]) => value !== undefined,
    ),
  );
  const metadata = { ...given.metadata, ...fixed, name, ...(deletionTimestamp ? { deletionTimestamp } : {}) };
  const common = { ...given, kind: current.kind, apiVersion: current.apiVersion };
  if (subresource === 'status') {
    const { labels, annotations } = { ...current.metadata, ...given.metadata };
    const kept = {
      ...current.metadata,
      ...(labels ? { labels } : {}),
      ...(annotations ? { annotations } : {}),
    };
    return { ...current, metadata: kept, status: given.status };
  }
  if (
    kind.kind === 'EndpointSlice' &&
    !isDeepStrictEqual({ ...common, metadata: 0 }, { ...current, metadata: 0 })
  ) {
    metadata.generation = (current.metadata.generation ?? 1) + 1;
  }
  // A binding is the server's own write and sets both.
  if (kind.subresources.includes('status') && kind.kind !== 'Namespace' && subresource !== 'binding') {
    return { ...common, metadata, status: current.status };
  }
  return { ...common, metadata };
}

function generated(prefix: string | undefined): string {
  if (!prefix) return '';
  const letters = 'bcdfghjklmnpqrstvwxz2456789';
  return prefix + Array.from(randomBytes(5), (byte) => letters[byte % letters.length]).join('');
}

function expectName(kind: Kind, name: string): void {
  if (name.length > 253 || !/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(name)) {
    throw invalid(
      kind,
      name,
      'metadata.name',
      `Invalid value: ${JSON.stringify(name)}: a lowercase RFC 1123 subdomain must consist of lower case ` +
        "alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
    );
  }
}

async function namespaceFor(
  { store }: Writing,
  target: Target,
  given: KubeObject,
): Promise<string | undefined> {
  if (!target.kind.namespaced) return undefined;
  const namespace = target.namespace ?? given.metadata.namespace ?? 'default';
  if (given.metadata.namespace && given.metadata.namespace !== namespace) {
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
  }
  const { entry } = await store.get(`/registry/namespaces/${namespace}`);
  const spaces = { ...target.kind, group: '', plural: 'namespaces' };
  if (!entry) throw notFound(spaces, namespace);
  if (textAt(JSON.parse(entry.value), 'status.phase') === 'Terminating') {
    throw forbidden(target.kind, given.metadata.name, `namespace ${namespace} is being terminated`);
  }
  return namespace;
}

/** A service gets an address that no other has. */
async function addressed(writing: Writing, kind: Kind, object: KubeObject): Promise<KubeObject> {
  if (kind.kind !== 'Service' || textAt(object, 'spec.clusterIP') !== '') return object;
  if (textAt(object, 'spec.type') === 'ExternalName') return object;
  const { entries } = await writing.store.list(prefixOf(kind, undefined));
  const taken = new Set(entries.map(({ value }) => textAt(JSON.parse(value), 'spec.clusterIP')));
  const spec = isMap(object.spec) ? object.spec : {};
  return { ...object, spec: { ...spec, clusterIP: freeAddress(writing.serviceRange, taken) } };
}
