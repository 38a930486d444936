// The API server's HTTP face: takes a request, finds who serves it, answers, and leaves a line in the log.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TLSSocket } from 'node:tls';
import { discover } from './discovery.ts';
import type { Feed } from './feed.ts';
import { type Answer, handle, readBody } from './handler.ts';
import { kindsOf } from './kinds.ts';
import { openapi } from './openapi.ts';
import { openapiV2, openapiV2Type } from './openapiv2.ts';
import { noSuchPath, Refusal, statusOf } from './refusal.ts';
import { callerOf, review } from './reviews.ts';
import { targetOf } from './route.ts';
import type { Store } from './store.ts';
import { type Style, versionInfo } from './style.ts';
import { wantsTable } from './table.ts';
import { streamWatch } from './watching.ts';

export interface Serving {
  readonly store: Store;
  readonly feed: Feed;
  readonly style: Style;
  readonly serviceRange: string;
  readonly advertiseAddress: string;
  /** Aborts when this server goes. */
  readonly signal: AbortSignal;
  readonly log: (line: RequestLine) => void;
}

/** One served request, for the log. */
export interface RequestLine {
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly ms: number;
  readonly agent: string;
  readonly from: string;
}

export function createHandler(
  serving: Serving,
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    const start = performance.now();
    // Read now: a socket that has closed no longer knows.
    const from = `${request.socket.remoteAddress}:${request.socket.remotePort}`;
    response.on('error', () => undefined);
    void serve(serving, request, response)
      .catch((error: unknown) => refuse(response, error))
      .finally(() => {
        // Whoever is still answered while it leaves is not kept.
        if (serving.signal.aborted) request.socket.end();
        serving.log({
          method: request.method ?? '',
          url: request.url ?? '',
          status: response.statusCode,
          ms: performance.now() - start,
          agent: request.headers['user-agent'] ?? '',
          from,
        });
      });
  };
}

function refuse(response: ServerResponse, error: unknown): void {
  const refusal =
    error instanceof Refusal
      ? error
      : new Refusal({ code: 500, reason: 'InternalError', message: `Internal error: ${String(error)}` });
  if (response.headersSent) response.destroy();
  else send(response, { status: refusal.code, body: statusOf(refusal) });
}

function send(response: ServerResponse, { status, body }: Answer): void {
  const text = `${JSON.stringify(body)}\n`;
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

async function serve(serving: Serving, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { store, feed, style, serviceRange, signal } = serving;
  const method = request.method ?? 'GET';
  const { pathname, searchParams: query } = new URL(request.url ?? '/', 'https://localhost');
  const path = pathname.length > 1 ? pathname.replace(/\/$/, '') : pathname;

  const health = /^\/(healthz|livez|readyz)(\/.*)?$/.exec(path);
  if (health) return sayHealth(serving, response, query.has('verbose'));
  if (method === 'GET' && path === '/openapi/v2') {
    response.writeHead(200, { 'content-type': openapiV2Type }).end(openapiV2(kindsOf(style)));
    return;
  }
  if (method === 'GET') {
    const body = about(serving, path);
    if (body) return send(response, { status: 200, body });
  }
  if (method === 'POST') {
    const body = path.includes('/selfsubject') ? await readBody(request) : undefined;
    const answer = body && review(path, body, callerOf(request.socket as TLSSocket));
    if (answer) return send(response, { status: 201, body: answer });
  }

  const target = targetOf(path, kindsOf(style));
  const asTable = wantsTable(request.headers.accept ?? '');
  if (style === '1.36' && target.kind.kind === 'Endpoints') {
    const words = 'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice';
    response.setHeader('warning', `299 - "${words}"`);
  }
  if (method === 'GET' && ['1', 'true'].includes(query.get('watch') ?? '')) {
    if (target.name !== undefined) query.append('fieldSelector', `metadata.name=${target.name}`);
    return streamWatch({ store, feed, style, target, query, asTable, response, signal });
  }
  const body = method === 'GET' ? undefined : await readBody(request);
  const contentType = (request.headers['content-type'] ?? '').split(';')[0]?.trim() ?? '';
  send(
    response,
    await handle({ store, style, serviceRange, method, target, query, contentType, asTable, body }),
  );
}

/** What the server says about itself. */
function about(serving: Serving, path: string): object | undefined {
  const kinds = kindsOf(serving.style);
  if (path === '/version') return versionInfo(serving.style);
  if (path === '/')
    return {
      paths: ['/api', '/apis', '/healthz', '/livez', '/openapi/v3', '/readyz', '/version'],
    };
  if (path.startsWith('/openapi')) {
    const document = openapi(path, kinds);
    if (!document) throw noSuchPath();
    return document;
  }
  return discover(path, kinds, serving.advertiseAddress);
}

async function sayHealth(
  { store, feed }: Serving,
  response: ServerResponse,
  verbose: boolean,
): Promise<void> {
  const checks: Array<[name: string, ok: boolean]> = [
    ['ping', true],
    [
      'etcd',
      await store.get('/registry/health').then(
        () => true,
        () => false,
      ),
    ],
    ['watch', feed.standing],
  ];
  const ok = checks.every(([, good]) => good);
  const lines = checks.map(
    ([name, good]) => `[${good ? '+' : '-'}]${name} ${good ? 'ok' : 'failed: reason withheld'}\n`,
  );
  const text = verbose || !ok ? `${lines.join('')}healthz check ${ok ? 'passed' : 'failed'}\n` : 'ok';
  response.writeHead(ok ? 200 : 500, { 'content-type': 'text/plain; charset=utf-8' }).end(text);
}
