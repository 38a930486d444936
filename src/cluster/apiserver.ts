// One master's API server: requests and watches, with failures in sentences.
import type { IncomingMessage } from 'node:http';
import { type RequestOptions, request } from 'node:https';
import { exits, KhaError } from '../model/failure.ts';
import type { Access } from './access.ts';
import { createPulse } from './pulse.ts';
import { type Dial, dialingAgent } from './transport.ts';

export interface ApiAnswer {
  readonly status: number;
  readonly body: unknown;
}

export interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: unknown;
}

export interface SendOptions {
  /** Milliseconds until the request is given up. Default 10,000. */
  readonly withinMs?: number;
}

export interface ApiServer {
  /** The master it runs on; null for an address that is of no one master, a load balancer's. */
  readonly master: string | null;
  /** `https://host:port`, for messages. */
  readonly address: string;
  /** One request, JSON both ways. Rejects with a KhaError (exit 4) when there is no answer; a status is an answer. */
  send(method: string, path: string, body?: object, options?: SendOptions): Promise<ApiAnswer>;
  /**
   * Watch events from `path` until the server ends the watch or the signal aborts.
   * Rejects with a KhaError (exit 4) when the server refuses it, or within 8 s of falling silent altogether.
   */
  watch(path: string, signal: AbortSignal): AsyncGenerator<WatchEvent>;
  /** The same login at whatever answers at the other end of another way. */
  through(way: { readonly dial: Dial; readonly certifiedName: string; readonly address: string }): ApiServer;
  close(): void;
}

export interface ApiServerOptions {
  readonly master: string | null;
  readonly access: Access;
  readonly dial: Dial;
  /** The name or address its certificate must be for. */
  readonly certifiedName: string;
  readonly address: string;
}

/** Nothing that kha-lab asks takes a healthy API server longer. */
const answerWithinMs = 10_000;

/** What an API server answers from memory, even without its store. */
export const simpleAnswerWithinMs = 4_000;
const silentForMs = 3_000;

interface OpenOptions extends RequestOptions {
  readonly body?: object;
  readonly signal: AbortSignal;
}

export function createApiServer(options: ApiServerOptions): ApiServer {
  const { master, access, dial, certifiedName, address } = options;
  const agent = dialingAgent(dial, certifiedName);
  // Any status is an answer: this is about who is there, not about who may what.
  const ask = () => send('GET', '/version', undefined, { withinMs: simpleAnswerWithinMs });
  const pulse = createPulse({ ask, everyMs: silentForMs });

  async function open(method: string, path: string, extra: OpenOptions) {
    const { body, ...rest } = extra;
    const login = await access.options();
    return new Promise<IncomingMessage>((resolve, reject) => {
      const asked = request(
        {
          ...login,
          ...rest,
          agent,
          method,
          path,
          headers: {
            ...(login.headers as Record<string, string>),
            host: access.server.host,
            accept: 'application/json',
            'user-agent': 'kha-lab',
            ...(body && { 'content-type': 'application/json' }),
          },
        },
        resolve,
      );
      asked.on('error', reject);
      // A request that still waits for its connection does not say that it was aborted.
      rest.signal.addEventListener('abort', () => reject(rest.signal.reason), { once: true });
      asked.end(body && JSON.stringify(body));
    });
  }

  async function send(
    method: string,
    path: string,
    body?: object,
    { withinMs = answerWithinMs }: SendOptions = {},
  ): Promise<ApiAnswer> {
    const limit = AbortSignal.timeout(withinMs);
    try {
      const response = await open(method, path, { signal: limit, ...(body && { body }) });
      return { status: response.statusCode ?? 0, body: parsed(await text(response)) };
    } catch (cause) {
      throw unreachable(address, limit.aborted ? new Error(`no answer in ${withinMs / 1000} s`) : cause);
    }
  }

  return {
    master,
    address,
    close: () => agent.destroy(),
    through: (way) => createApiServer({ ...options, ...way, master: null }),
    send,

    async *watch(path, signal) {
      const kept = pulse.keep(signal);
      let response: IncomingMessage | null = null;
      let rest = '';
      try {
        response = await open('GET', path, { signal: kept.signal });
        if (response.statusCode !== 200)
          throw refused(address, response.statusCode ?? 0, await text(response));
        for await (const chunk of response.setEncoding('utf8')) {
          kept.heard();
          const lines = (rest + chunk).split('\n');
          rest = lines.pop() ?? '';
          for (const line of lines) if (line !== '') yield JSON.parse(line) as WatchEvent;
        }
      } catch (cause) {
        if (!signal.aborted) throw unreachable(address, kept.failure() ?? cause);
      } finally {
        kept.end();
        response?.destroy();
      }
    },
  };
}

/** The body of a 2xx answer; anything else as the failure it is. */
export function expectGood({ address }: Pick<ApiServer, 'address'>, { status, body }: ApiAnswer): unknown {
  if (status >= 200 && status < 300) return body;
  throw refused(address, status, typeof body === 'string' ? body : JSON.stringify(body));
}

async function text(response: IncomingMessage): Promise<string> {
  let all = '';
  for await (const chunk of response.setEncoding('utf8')) all += chunk;
  return all;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

function unreachable(address: string, cause: unknown): KhaError {
  if (cause instanceof KhaError) return cause;
  const reason = (cause as Error).message;
  return new KhaError({
    code: 'api-unreachable',
    exit: exits.unreachable,
    message: `The API server at ${address} did not answer: ${reason}.`,
    tryThis: 'Check that kube-apiserver runs there and that the kubeconfig names the right server.',
    cause,
  });
}

function refused(address: string, status: number, body: string): KhaError {
  const said = (parsed(body) as { message?: string } | null)?.message ?? body.slice(0, 200);
  const login = status === 401;
  return new KhaError({
    code: login ? 'api-login-refused' : status === 403 ? 'api-forbidden' : 'api-error',
    exit: exits.unreachable,
    message: `The API server at ${address} answered ${status}: ${said || 'no reason given'}.`,
    tryThis: adviceOn(status),
  });
}

function adviceOn(status: number): string {
  if (status === 403) return 'Grant what `kha-lab doctor` prints under RBAC to this login.';
  // It let the login in, but could not do its work: mostly as the store under it is slow or gone.
  if (status >= 500)
    return 'Try again in a moment; if it stays, look at the log of kube-apiserver and of etcd.';
  return 'Check the login with: kubectl auth whoami';
}
