// Keeps a collection in view: lists it, watches it, and begins again when the connection breaks.
import { setTimeout as sleep } from 'node:timers/promises';
import { type ApiClient, ApiError } from './client.ts';
import type { KubeObject } from './object.ts';

const againAfterMs = 1000;

export interface Reflection<T extends KubeObject> {
  /** By `namespace/name`, or name alone for what has no namespace. */
  readonly objects: ReadonlyMap<string, T>;
}

export function keyOf({ metadata }: KubeObject): string {
  return metadata.namespace ? `${metadata.namespace}/${metadata.name}` : metadata.name;
}

/** Runs until `signal`. `changed` is called after each list and each event. */
export function reflect<T extends KubeObject>(
  client: ApiClient,
  options: { readonly path: string; readonly signal: AbortSignal; readonly changed: () => void },
): Reflection<T> {
  const objects = new Map<string, T>();
  void keep(client, { ...options, objects });
  return { objects };
}

interface Kept<T> {
  readonly path: string;
  readonly signal: AbortSignal;
  readonly changed: () => void;
  readonly objects: Map<string, T>;
}

async function keep<T extends KubeObject>(client: ApiClient, kept: Kept<T>): Promise<void> {
  while (!kept.signal.aborted) {
    try {
      let version = await list(client, kept);
      while (!kept.signal.aborted) version = await watch(client, { ...kept, version });
    } catch {
      // Listed again below: an API server that is down comes back, a version that is too old is left behind.
      await sleep(againAfterMs, undefined, { signal: kept.signal }).catch(() => undefined);
    }
  }
}

async function list<T extends KubeObject>(client: ApiClient, { path, signal, objects, changed }: Kept<T>) {
  const listed = await client.send({ method: 'GET', path, signal });
  objects.clear();
  for (const item of listed.items as readonly T[]) objects.set(keyOf(item), item);
  changed();
  return listed.metadata.resourceVersion ?? '0';
}

async function watch<T extends KubeObject>(
  client: ApiClient,
  { path, signal, objects, changed, version }: Kept<T> & { readonly version: string },
): Promise<string> {
  const answer = await client.stream(`${path}?watch=true&resourceVersion=${version}`, signal);
  let latest = version;
  let rest = '';
  answer.setEncoding('utf8');
  for await (const chunk of answer) {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines.filter((one) => one.trim() !== '')) {
      const { type, object } = JSON.parse(line) as { readonly type: string; readonly object: T };
      if (type === 'ERROR')
        throw new ApiError(Number(object.code ?? 0), String(object.message ?? 'watch error'));
      latest = object.metadata.resourceVersion ?? latest;
      if (type === 'DELETED') objects.delete(keyOf(object));
      else if (type !== 'BOOKMARK') objects.set(keyOf(object), object);
      changed();
    }
  }
  // A server that ends each watch at once must not be asked without pause.
  if (latest === version) await sleep(againAfterMs, undefined, { signal });
  return latest;
}
