// An API server made of values, whose leader does each canary a moment after it was made.
import { setTimeout as wait } from 'node:timers/promises';
import type { ApiServer, WatchEvent } from '../../src/cluster/apiserver.ts';

export interface FakeApi {
  readonly server: ApiServer;
  /** Every request, as `METHOD path`. */
  readonly asked: readonly string[];
  /** Paths, in order. */
  readonly deleted: readonly string[];
  /** When a canary was really there, and really done, by `NAMESPACE/NAME`. */
  madeMs(name: string): number;
  doneMs(name: string): number;
  /** Paths of namespaces that are still there. */
  left(): readonly string[];
  /** Resolves with the next event of a watch. */
  something(): Promise<void>;
}

interface Options {
  /** What is in the path of requests that this login may not make. */
  readonly forbidden?: string;
  /** As with no controller-manager to finish a deletion. */
  readonly keepsNamespaces?: boolean;
}

/** There and back: half of it passes before anything happens, and before anything is shown. */
const requestMs = 8;
const workMs = 5;

export function fakeApi({ forbidden, keepsNamespaces = false }: Options = {}): FakeApi {
  const asked: string[] = [];
  const deleted: string[] = [];
  const made = new Map<string, number>();
  const done = new Map<string, number>();
  const spaces = new Set<string>();
  const watchers = new Set<(event: WatchEvent) => void>();
  const clock = () => performance.now();

  const lead = async (namespace: string, kind: string, name: string) => {
    await wait(workMs);
    done.set(`${namespace}/${name}`, clock());
    await wait(requestMs / 2);
    const decided = { conditions: [{ type: 'PodScheduled', status: 'False' }] };
    const object =
      kind === 'Pod'
        ? { metadata: { name, resourceVersion: '2' }, status: decided }
        : { metadata: { name: `${name}-x`, resourceVersion: '2', ownerReferences: [{ kind, name }] } };
    for (const tell of watchers) tell({ type: kind === 'Pod' ? 'MODIFIED' : 'ADDED', object });
  };

  const answer = (method: string, path: string, body: object | undefined) => {
    const place = path.split('?')[0] ?? '';
    const [, , , , namespace = '', plural] = place.split('/');
    if (forbidden && method === 'POST' && place.endsWith(forbidden))
      return { status: 403, body: { message: 'not yours' } };
    if (method === 'DELETE') {
      deleted.push(path);
      if (!plural && !keepsNamespaces) spaces.delete(namespace);
    }
    if (method === 'POST') {
      const { kind, metadata } = body as { kind: string; metadata: { name: string } };
      if (kind === 'Namespace') spaces.add(metadata.name);
      else {
        made.set(`${namespace}/${metadata.name}`, clock());
        void lead(namespace, kind, metadata.name);
      }
    }
    if (method === 'GET' && !plural) return { status: spaces.has(namespace) ? 200 : 404, body: {} };
    return { status: 200, body: { metadata: { resourceVersion: '1' }, items: [] } };
  };

  const server: ApiServer = {
    master: 'a',
    address: 'https://a:6443',
    async send(method, path, body) {
      asked.push(`${method} ${path}`);
      await wait(requestMs / 2);
      const given = answer(method, path, body);
      await wait(requestMs / 2);
      return given;
    },
    async *watch(_path, signal) {
      const waiting: WatchEvent[] = [];
      let wake = () => {};
      const tell = (event: WatchEvent) => {
        waiting.push(event);
        wake();
      };
      watchers.add(tell);
      signal.addEventListener('abort', () => wake());
      while (!signal.aborted) {
        for (let event = waiting.shift(); event; event = waiting.shift()) yield event;
        if (!signal.aborted && waiting.length === 0)
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
      }
      watchers.delete(tell);
    },
    through() {
      throw new Error('only one way here');
    },
    close() {},
  };

  const known = (times: ReadonlyMap<string, number>, name: string) => {
    const atMs = times.get(name);
    if (atMs === undefined) throw new Error(`${name} was not`);
    return atMs;
  };
  return {
    server,
    asked,
    deleted,
    madeMs: (name) => known(made, name),
    doneMs: (name) => known(done, name),
    left: () => [...spaces],
    something: () =>
      new Promise((resolve) => {
        const tell = () => {
          watchers.delete(tell);
          // After those who watch for more than this.
          setImmediate(resolve);
        };
        watchers.add(tell);
      }),
  };
}
