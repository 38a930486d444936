// The store's HTTP face: etcd's v3 JSON gateway, as far as a control plane and etcdctl need it.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Keys, put, range, remove, transact } from './operations.ts';
import { startWatch } from './watch.ts';
import { compact, type Fields, GatewayError, grpc, httpStatus, integer, nested, parseBody } from './wire.ts';

const identity = { cluster_id: '14841639068965178418', member_id: '10276657743932975437' };
const version = '3.4.23';

type Call = (fields: Fields) => Record<string, unknown>;

/** Answers one request; the watch keeps its response open. */
export function createGateway(keys: Keys): (request: IncomingMessage, response: ServerResponse) => void {
  const { revisions, leases } = keys;
  const header = () => ({ ...identity, revision: String(revisions.revision), raft_term: '2' });

  const calls: Readonly<Record<string, Call>> = {
    '/v3/kv/range': (fields) => range(keys, fields),
    '/v3/kv/put': (fields) => revisions.write((writer) => put(keys, fields, writer)),
    '/v3/kv/deleterange': (fields) => revisions.write((writer) => remove(fields, writer)),
    '/v3/kv/txn': (fields) => transact(keys, fields),
    '/v3/kv/compaction': (fields) => {
      revisions.compact(integer(fields, 'revision'));
      return {};
    },
    '/v3/lease/grant': (fields) => {
      const seconds = integer(fields, 'TTL');
      return { ID: leases.grant(String(fields.ID ?? '0'), seconds), TTL: String(seconds) };
    },
    '/v3/lease/revoke': (fields) => {
      leases.revoke(String(fields.ID ?? '0'));
      return {};
    },
    '/v3/maintenance/status': () => ({
      version,
      dbSize: String(process.memoryUsage().heapUsed),
      leader: identity.member_id,
      raftIndex: String(revisions.revision),
      raftTerm: '2',
    }),
  };
  const streams: Readonly<Record<string, Call>> = {
    '/v3/lease/keepalive': (fields) => {
      const id = String(fields.ID ?? '0');
      return { ID: id, ...compact({ TTL: leases.keepAlive(id) }) };
    },
  };

  return (request, response) => {
    const path = request.url?.split('?')[0] ?? '';
    const send = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (path === '/health') return void send(200, { health: 'true' });
    if (path === '/version') return void send(200, { etcdserver: version, etcdcluster: '3.4.0' });
    const call = calls[path];
    const stream = streams[path];
    if (request.method !== 'POST' || !(call || stream || path === '/v3/watch')) {
      return void response.writeHead(404).end('404 page not found\n');
    }
    if (path === '/v3/watch') return watch({ request, response, keys, header });
    readText(request, (text) => {
      try {
        const answer = (call ?? stream)?.(parseBody(text)) ?? {};
        const whole = { header: header(), ...answer };
        send(200, stream ? { result: whole } : whole);
      } catch (error) {
        const { code, message } = refusalOf(error);
        send(httpStatus(code), { error: message, code, message });
      }
    });
  };
}

/** What is not the client's fault is still an answer: a store must outlive any request. */
function refusalOf(error: unknown): GatewayError {
  return error instanceof GatewayError ? error : new GatewayError(grpc.internal, String(error));
}

function readText(request: IncomingMessage, then: (text: string) => void): void {
  let text = '';
  request
    .setEncoding('utf8')
    .on('data', (chunk: string) => {
      text += chunk;
    })
    .on('end', () => then(text));
}

function watch(options: {
  request: IncomingMessage;
  response: ServerResponse;
  keys: Keys;
  header: () => Record<string, unknown>;
}): void {
  const { request, response, keys, header } = options;
  const send = (result: Record<string, unknown>) =>
    response.write(`${JSON.stringify({ result: { header: header(), ...result } })}\n`);
  readText(request, (text) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    try {
      const create = nested(parseBody(text), 'create_request');
      if (!create) throw new GatewayError(grpc.invalidArgument, 'a watch begins with a create_request');
      response.on('close', startWatch({ revisions: keys.revisions, create, send }));
    } catch (error) {
      const { code, message } = refusalOf(error);
      response.end(JSON.stringify({ error: { grpc_code: code, http_code: httpStatus(code), message } }));
    }
  });
}
