// One request to the API: what it means, what it does, what is answered.

import type { IncomingMessage } from 'node:http';
import { ownClock } from '../clock/clock.ts';
import { patchedOrApplied } from './applying.ts';
import { bind } from './binding.ts';
import { kept, shown } from './eventforms.ts';
import type { Kind } from './kinds.ts';
import { isMap, type KubeObject } from './object.ts';
import { readProtobuf } from './protobuf.ts';
import { getObject, listAnswer, listObjects, type Named } from './read.ts';
import { badRequest, methodNotAllowed, unsupportedMedia } from './refusal.ts';
import { deletedStatus, deleteOptions, removeObject } from './remove.ts';
import type { Target } from './route.ts';
import type { Store } from './store.ts';
import type { Style } from './style.ts';
import { tableOf } from './table.ts';
import { createObject, replaceObject, type Writing } from './write.ts';

export interface Answer {
  readonly status: number;
  readonly body: object;
}

export interface ObjectRequest {
  readonly store: Store;
  readonly style: Style;
  readonly serviceRange: string;
  readonly method: string;
  readonly target: Target;
  readonly query: URLSearchParams;
  readonly contentType: string;
  readonly asTable: boolean;
  /** Parsed JSON; undefined without a body. */
  readonly body: unknown;
}

const isNamed = (target: Target): target is Named => target.name !== undefined;

/** Does what is asked of an object or a collection; watches are served elsewhere. @throws Refusal */
export async function handle(request: ObjectRequest): Promise<Answer> {
  const { method, target } = request;
  if (isNamed(target)) {
    if (target.subresource === 'binding' || target.subresource === 'eviction') return act(request, target);
    if (method === 'GET') return one(request, await getObject(request.store, target), 200);
    if (method === 'PUT') {
      const given = objectIn(request);
      return one(request, await replaceObject(writingOf(request), target, given), 200);
    }
    if (method === 'PATCH') {
      const { object, created } = await patchedOrApplied(writingOf(request), target, request);
      return one(request, object, created ? 201 : 200);
    }
    if (method === 'DELETE') return remove(request, target);
    throw methodNotAllowed();
  }
  if (method === 'GET') return listed(request);
  if (method === 'POST') {
    return one(request, await createObject(writingOf(request), target, objectIn(request)), 201);
  }
  if (method === 'DELETE') return removeAll(request);
  throw methodNotAllowed();
}

function writingOf({ store, style, serviceRange, query }: ObjectRequest): Writing {
  return { store, style, serviceRange, dryRun: query.get('dryRun') === 'All' };
}

function one({ target, style, asTable, query }: ObjectRequest, object: KubeObject, status: number): Answer {
  if (!asTable) return { status, body: shown(target.kind, object) };
  const { resourceVersion } = object.metadata;
  return { status, body: tableOf([object], { resourceVersion }, tableOptions(target.kind, style, query)) };
}

async function listed({ store, target, style, query, asTable }: ObjectRequest): Promise<Answer> {
  const listing = await listObjects(store, target, query);
  const answer = listAnswer(target, listing);
  if (!asTable) return { status: 200, body: answer };
  const items = listing.items.map((item) => shown(target.kind, item));
  const objects = query.get('includeObject') === 'Object' ? items : listing.items;
  return { status: 200, body: tableOf(objects, answer.metadata, tableOptions(target.kind, style, query)) };
}

function tableOptions(kind: Kind, style: Style, query: URLSearchParams) {
  return {
    kind: kind.kind,
    style,
    now: ownClock.wallMs(),
    include: query.get('includeObject') ?? 'Metadata',
  };
}

async function remove(request: ObjectRequest, target: Named): Promise<Answer> {
  const options = deleteOptions(request.body, request.query);
  const { object, gone } = await removeObject(writingOf(request), target, options);
  return { status: 200, body: gone ? deletedStatus(target.kind, object) : shown(target.kind, object) };
}

async function removeAll(request: ObjectRequest): Promise<Answer> {
  const { store, target, query, body } = request;
  const listing = await listObjects(store, target, query);
  for (const { metadata } of listing.items) {
    const one = { ...target, name: metadata.name, namespace: metadata.namespace };
    await removeObject(writingOf(request), one, deleteOptions(body, query));
  }
  return { status: 200, body: listAnswer(target, listing) };
}

async function act(request: ObjectRequest, target: Named): Promise<Answer> {
  if (request.method !== 'POST') throw methodNotAllowed();
  if (target.subresource === 'binding') await bind(writingOf(request), target, request.body);
  else
    await removeObject(
      writingOf(request),
      { ...target, subresource: undefined },
      deleteOptions({}, request.query),
    );
  return {
    status: 201,
    body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 },
  };
}

/** The object in the body, in the form it is kept in. @throws Refusal 400 */
function objectIn({ body, target }: ObjectRequest): KubeObject {
  const { kind } = target;
  if (!isMap(body)) throw badRequest('the body of the request is no object');
  const metadata = isMap(body.metadata) ? body.metadata : {};
  if (body.kind !== undefined && body.kind !== '' && body.kind !== kind.kind) {
    throw badRequest(`${String(body.kind)} in the body does not match ${kind.kind} of the path`);
  }
  const object = {
    ...body,
    kind: kind.kind,
    apiVersion: 'v1',
    metadata: { ...metadata },
  } as unknown as KubeObject;
  if (kind.group !== '') object.apiVersion = `${kind.group}/${kind.version}`;
  return kept(kind, object);
}

/** Reads a request's body: JSON, or protobuf where kubectl sends that. @throws Refusal 400, 413, 415 */
export async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > 3 * 1024 * 1024) throw badRequest('the body of the request is larger than 3 MiB');
    chunks.push(chunk);
  }
  if (size === 0) return undefined;
  const type = request.headers['content-type'] ?? 'application/json';
  if (type.includes('protobuf')) return readProtobuf(Buffer.concat(chunks));
  if (type.includes('cbor')) throw unsupportedMedia(type);
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
  } catch (error) {
    throw badRequest(`the object provided is unrecognized: ${(error as Error).message}`);
  }
}
