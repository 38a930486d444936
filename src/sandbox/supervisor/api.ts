// Asks a sandbox's own HTTPS servers (API server, store) with this run's client certificate.
import { Agent, request } from 'node:https';
import type { KeyPair } from '../pki/certificate.ts';

export interface ApiAnswer {
  readonly status: number;
  readonly text: string;
}

export interface ApiRequest {
  readonly method?: string;
  readonly accept?: string;
  readonly contentType?: string;
  readonly body?: string;
  readonly signal?: AbortSignal;
}

export interface ApiClient {
  /** Rejects when the server cannot be reached; any answer of its own is an answer. */
  ask(path: string, options?: ApiRequest): Promise<ApiAnswer>;
  close(): void;
}

/** `port` is on 127.0.0.1. */
export function createApiClient(options: {
  readonly port: number;
  readonly ca: string;
  readonly keys: KeyPair;
}): ApiClient {
  const { port, ca, keys } = options;
  const agent = new Agent({ keepAlive: true, ca, cert: keys.cert, key: keys.key });
  return {
    close: () => agent.destroy(),
    ask: (path, { method = 'GET', accept = 'application/json', contentType, body, signal } = {}) =>
      new Promise((resolve, reject) => {
        const headers = { accept, ...(contentType && { 'content-type': contentType }) };
        const sent = request({
          host: '127.0.0.1',
          port,
          path,
          method,
          headers,
          agent,
          ...(signal && { signal }),
        });
        sent.once('error', reject);
        sent.once('response', (response) => {
          let text = '';
          response.setEncoding('utf8');
          response.on('data', (chunk: string) => {
            text += chunk;
          });
          response.once('error', reject);
          response.once('end', () => resolve({ status: response.statusCode ?? 0, text }));
        });
        sent.end(body);
      }),
  };
}
