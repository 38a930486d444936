// Streams a collection's changes to one client: what is there, if it asks, then each change as it happens.

import type { ServerResponse } from 'node:http';
import { ownClock } from '../clock/clock.ts';
import { shown } from './eventforms.ts';
import type { Feed, Happening } from './feed.ts';
import { apiVersionOf, prefixOf } from './kinds.ts';
import type { KubeObject } from './object.ts';
import { listObjects } from './read.ts';
import { badRequest, type Refusal, statusOf } from './refusal.ts';
import type { Target } from './route.ts';
import { selectorOf } from './selectors.ts';
import type { Store } from './store.ts';
import type { Style } from './style.ts';
import { tableOf } from './table.ts';

export interface WatchRequest {
  readonly store: Store;
  readonly feed: Feed;
  readonly style: Style;
  readonly target: Target;
  readonly query: URLSearchParams;
  readonly asTable: boolean;
  readonly response: ServerResponse;
  /** When this server goes, its watches end. */
  readonly signal: AbortSignal;
}

const bookmarkEveryMs = 60_000;
/** Bytes that a client which does not read may let pile up; a frozen component needs far less. */
const farBehind = 4 * 1024 * 1024;

/** Settles when the stream has ended. @throws Refusal before it has begun */
export async function streamWatch(request: WatchRequest): Promise<void> {
  const { store, feed, target, query, response, signal } = request;
  const select = selectorOf(target.kind, query);
  const prefix = prefixOf(target.kind, target.namespace);
  const asked = query.get('resourceVersion') ?? '';
  if (!/^\d*$/.test(asked)) throw badRequest(`invalid resource version ${JSON.stringify(asked)}`);
  const initial = query.get('sendInitialEvents') === 'true';
  const fromNow = asked === '' || asked === '0' || initial;
  const listing = fromNow
    ? await listObjects(store, { ...target, name: undefined }, withoutPages(query))
    : undefined;
  const from = listing?.revision ?? Number(asked);

  const send = sender(request);
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const begin = () => {
    if (!response.headersSent) response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
  };
  const watcher = {
    happened: (happening: Happening) => {
      if (!happening.key.startsWith(prefix)) return;
      const change = changeOf(happening, select);
      if (!change) return;
      begin();
      send(change.type, change.object);
    },
    lost: (why: Refusal) => {
      begin();
      response.end(`${JSON.stringify({ type: 'ERROR', object: statusOf(why) })}\n`);
      end();
    },
  };
  for (const object of listing?.items ?? []) {
    begin();
    send('ADDED', object);
  }
  const bookmark = (annotations?: Record<string, string>) => {
    const metadata = {
      name: '',
      resourceVersion: String(Math.max(from, feed.revision)),
      ...(annotations ? { annotations } : {}),
    };
    send('BOOKMARK', { kind: target.kind.kind, apiVersion: apiVersionOf(target.kind), metadata });
  };
  begin();
  if (initial) bookmark({ 'k8s.io/initial-events-end': 'true' });
  let stop = () => {};
  try {
    stop = feed.watch(from, watcher);
  } catch (error) {
    watcher.lost(error as Refusal);
    return;
  }
  const marks = query.get('allowWatchBookmarks') === 'true';
  const marking = setInterval(() => marks && bookmark(), bookmarkEveryMs);
  const seconds = Number(query.get('timeoutSeconds') ?? 0) || 1800 + Math.random() * 1800;
  const timer = setTimeout(() => {
    if (marks) bookmark();
    response.end();
    end();
  }, seconds * 1000);
  const leave = () => {
    response.end();
    end();
  };
  response.on('close', end);
  signal.addEventListener('abort', leave, { once: true });
  await ended;
  stop();
  clearInterval(marking);
  clearTimeout(timer);
  signal.removeEventListener('abort', leave);
}

/** What a change is to somebody who sees only what is selected. */
function changeOf({ now, before }: Happening, select: (object: KubeObject) => boolean) {
  const is = now !== undefined && select(now);
  const was = before !== undefined && select(before);
  if (is) return { type: was ? 'MODIFIED' : 'ADDED', object: now };
  return was ? { type: 'DELETED', object: before } : undefined;
}

function sender({ target, style, query, asTable, response }: WatchRequest) {
  let first = true;
  return (type: string, object: KubeObject): void => {
    let body: object = shown(target.kind, object);
    if (asTable && type !== 'BOOKMARK') {
      const { resourceVersion } = object.metadata;
      const include = query.get('includeObject') ?? 'Metadata';
      const table = tableOf(
        [object],
        { resourceVersion },
        { kind: target.kind.kind, style, include, now: ownClock.wallMs() },
      );
      body = first ? table : { ...table, columnDefinitions: null };
      first = false;
    }
    response.write(`${JSON.stringify({ type, object: body })}\n`);
    if (response.writableLength > farBehind) response.destroy();
  };
}

function withoutPages(query: URLSearchParams): URLSearchParams {
  const whole = new URLSearchParams(query);
  whole.delete('limit');
  whole.delete('continue');
  return whole;
}
