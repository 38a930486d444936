// A small client of the Kubernetes API: JSON requests over one kept connection, and watches.

import type { IncomingMessage } from 'node:http';
import { Agent, type RequestOptions, request as startRequest } from 'node:https';
import type { ApiAccess } from './kubeconfig.ts';
import type { KubeObject } from './object.ts';

export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `/api/v1/nodes?…` */
  readonly path: string;
  readonly body?: object;
  /** Ends the request: it then rejects with an AbortError. */
  readonly signal?: AbortSignal;
}

/** A request that was answered with an error; `status` is the HTTP status. */
export class ApiError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
  }
}

export interface Exchange {
  readonly method: string;
  readonly path: string;
  /** 0: no answer. */
  readonly status: number;
  readonly statusText: string;
  readonly tookMs: number;
}

export interface ApiClient {
  /** @throws ApiError, or the network's error */
  send(request: ApiRequest): Promise<KubeObject>;
  /** The open answer of a watch; lines are its events. @throws ApiError, or the network's error */
  stream(path: string, signal: AbortSignal): Promise<IncomingMessage>;
}

/** @param onExchange told of every answer or failure, as `--v=6` prints them */
export function createClient(access: ApiAccess, onExchange: (exchange: Exchange) => void): ApiClient {
  const { hostname, port } = new URL(access.server);
  const agent = new Agent({
    keepAlive: true,
    ...(access.ca && { ca: access.ca }),
    ...(access.cert && { cert: access.cert }),
    ...(access.key && { key: access.key }),
  });
  const open = ({ method, path, body, signal }: ApiRequest) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const startedMs = performance.now();
      const text = body === undefined ? undefined : JSON.stringify(body);
      const options: RequestOptions = {
        hostname,
        port,
        method,
        path,
        agent,
        headers: { accept: 'application/json', ...bodyHeaders(method, text) },
        ...(signal && { signal }),
      };
      const tell = (status: number, statusText: string) =>
        onExchange({ method, path, status, statusText, tookMs: performance.now() - startedMs });
      const sent = startRequest(options, (answer) => {
        tell(answer.statusCode ?? 0, answer.statusMessage ?? '');
        resolve(answer);
      });
      sent.setNoDelay(true);
      let answered = false;
      sent.once('response', () => {
        answered = true;
      });
      sent.on('error', (error) => {
        if (!answered) tell(0, '');
        reject(error);
      });
      sent.end(text);
    });
  return {
    async send(request) {
      const answer = await open(request);
      return checked(answer, await bodyOf(answer));
    },
    async stream(path, signal) {
      const answer = await open({ method: 'GET', path, signal });
      if (answer.statusCode !== 200) checked(answer, await bodyOf(answer));
      return answer;
    },
  };
}

function bodyHeaders(method: string, text: string | undefined): Record<string, string | number> {
  if (text === undefined) return {};
  const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
  return { 'content-type': type, 'content-length': Buffer.byteLength(text) };
}

async function bodyOf(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function checked({ statusCode = 0 }: IncomingMessage, text: string): KubeObject {
  const object = parsed(text);
  if (statusCode >= 200 && statusCode < 300 && object) return object;
  throw new ApiError(statusCode, String(object?.message ?? (text || `the server answered ${statusCode}`)));
}

function parsed(text: string): KubeObject | null {
  try {
    return JSON.parse(text) as KubeObject;
  } catch {
    return null;
  }
}
