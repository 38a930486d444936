// Speaks to the store: etcd's v3 JSON gateway, so that a real etcd can stand in. All consistency is its transactions'.
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import { expired, storeDown } from './refusal.ts';

export interface StoreAccess {
  readonly servers: readonly string[];
  readonly ca: string | Buffer;
  readonly cert: string | Buffer;
  readonly key: string | Buffer;
}

export interface Entry {
  readonly key: string;
  readonly value: string;
  /** The revision that wrote it: the object's resourceVersion. */
  readonly revision: number;
}

export interface StoreEvent {
  readonly revision: number;
  readonly key: string;
  /** Undefined: deleted. */
  readonly value: string | undefined;
  readonly before: string | undefined;
}

/** What a conditional write came to; not done: what is there instead. */
export type Outcome =
  | { readonly done: true; readonly revision: number }
  | { readonly done: false; readonly entry: Entry | undefined };

interface RawEntry {
  key: string;
  value?: string;
  mod_revision: string;
}

const encode = (text: string): string => Buffer.from(text, 'utf8').toString('base64');
const decode = (text = ''): string => Buffer.from(text, 'base64').toString('utf8');
const entryOf = (raw: RawEntry): Entry => ({
  key: decode(raw.key),
  value: decode(raw.value),
  revision: Number(raw.mod_revision),
});

/** The first key after all that begin with `prefix`. */
export const prefixEnd = (prefix: string): string =>
  prefix.slice(0, -1) + String.fromCharCode(prefix.charCodeAt(prefix.length - 1) + 1);

export class Store {
  readonly #access: StoreAccess;
  readonly #agent: Agent;
  #server = 0;

  constructor(access: StoreAccess) {
    this.#access = access;
    const { ca, cert, key } = access;
    this.#agent = new Agent({ keepAlive: true, maxSockets: 32, ca, cert, key, noDelay: true });
  }

  async get(key: string): Promise<{ entry: Entry | undefined; revision: number }> {
    const answer = await this.call('/v3/kv/range', { key: encode(key) });
    const [raw] = (answer.kvs ?? []) as RawEntry[];
    return { entry: raw && entryOf(raw), revision: revisionOf(answer) };
  }

  /** Entries below a prefix in key order, at most `limit`, after the key `after`, as of `revision`. */
  async list(
    prefix: string,
    options: { limit?: number; after?: string; revision?: number } = {},
  ): Promise<{ entries: readonly Entry[]; revision: number; remaining: number }> {
    const { limit = 0, after, revision = 0 } = options;
    const answer = await this.call('/v3/kv/range', {
      key: encode(after === undefined ? prefix : `${after}\0`),
      range_end: encode(prefixEnd(prefix)),
      limit: String(limit),
      revision: String(revision),
    });
    const entries = ((answer.kvs ?? []) as RawEntry[]).map(entryOf);
    return { entries, revision: revisionOf(answer), remaining: Number(answer.count ?? 0) - entries.length };
  }

  /** Writes if the key is still at revision `expected` (0: not there). */
  put(write: { key: string; value: string; expected: number; lease?: string }): Promise<Outcome> {
    const { key, value, expected, lease = '0' } = write;
    return this.#ifStill(key, expected, { request_put: { key: encode(key), value: encode(value), lease } });
  }

  remove(write: { key: string; expected: number }): Promise<Outcome> {
    return this.#ifStill(write.key, write.expected, { request_delete_range: { key: encode(write.key) } });
  }

  async #ifStill(key: string, expected: number, operation: object): Promise<Outcome> {
    const answer = await this.call('/v3/kv/txn', {
      compare: [{ key: encode(key), target: 'MOD', result: 'EQUAL', mod_revision: String(expected) }],
      success: [operation],
      failure: [{ request_range: { key: encode(key) } }],
    });
    if (answer.succeeded === true) return { done: true, revision: revisionOf(answer) };
    const [found] = (answer.responses ?? []) as [{ response_range?: { kvs?: RawEntry[] } }];
    const raw = found?.response_range?.kvs?.[0];
    return { done: false, entry: raw && entryOf(raw) };
  }

  /** A call of the gateway. @throws Refusal */
  async call(path: string, body: object): Promise<Record<string, unknown>> {
    const response = await this.#send(path, body, true);
    let text = '';
    try {
      for await (const chunk of response.setEncoding('utf8')) text += chunk;
    } catch (cause) {
      throw storeDown(`etcd: ${(cause as Error).message}`);
    }
    const answer = (text.startsWith('{') ? JSON.parse(text) : {}) as Record<string, unknown>;
    if (response.statusCode === 200) return answer;
    const said = String(answer.error ?? `HTTP ${response.statusCode}`);
    if (said.includes('has been compacted'))
      throw expired('The resourceVersion for the provided list is too old.');
    throw storeDown(said);
  }

  /**
   * Streams what happens below `prefix` from revision `from` on, until the connection ends (it returns) or the signal
   * aborts. `onStart` tells the store's revision when the stream stands. @throws Refusal 410 when `from` is compacted
   */
  async follow(options: {
    prefix: string;
    from: number;
    signal: AbortSignal;
    onStart: (revision: number) => void;
    onEvents: (events: readonly StoreEvent[], revision: number) => void;
  }): Promise<void> {
    const { prefix, from, signal } = options;
    const create_request = {
      key: encode(prefix),
      range_end: encode(prefixEnd(prefix)),
      start_revision: String(from),
      prev_kv: true,
      progress_notify: true,
    };
    const response = await this.#send('/v3/watch', { create_request }, false, signal);
    let rest = '';
    for await (const chunk of response.setEncoding('utf8')) {
      const lines = `${rest}${chunk}`.split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (line === '') continue;
        const { result } = JSON.parse(line) as { result?: Record<string, unknown> };
        if (!result) throw storeDown(`etcd: ${line}`);
        if (result.canceled) throw expired('too old resource version');
        if (result.created) options.onStart(revisionOf(result));
        options.onEvents(eventsOf(result), revisionOf(result));
      }
    }
  }

  async #send(path: string, body: object, limited: boolean, signal?: AbortSignal): Promise<IncomingMessage> {
    const { servers } = this.#access;
    const url = new URL(path, servers[this.#server % servers.length]);
    const text = JSON.stringify(body);
    for (let tries = 0; ; tries += 1) {
      const asked = request(url, {
        agent: this.#agent,
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) },
        ...(limited ? { timeout: 5000 } : {}),
        ...(signal ? { signal } : {}),
      });
      // After the response has begun, errors reach whoever reads it; they must not end this process here.
      asked.on('error', () => undefined);
      asked.on('timeout', () => asked.destroy(new Error('request timed out')));
      const answered = once(asked, 'response') as Promise<[IncomingMessage]>;
      asked.end(text);
      try {
        const [response] = await answered;
        return response;
      } catch (cause) {
        // An idle connection that the store closed meanwhile says nothing about the store.
        if (asked.reusedSocket && tries === 0 && (cause as NodeJS.ErrnoException).code === 'ECONNRESET')
          continue;
        this.#server += 1;
        throw storeDown(`etcd: ${(cause as Error).message}`);
      }
    }
  }
}

const revisionOf = (answer: Record<string, unknown>): number =>
  Number((answer.header as { revision?: string } | undefined)?.revision ?? 0);

interface RawEvent {
  type?: string;
  kv: RawEntry;
  prev_kv?: RawEntry;
}

function eventsOf(result: Record<string, unknown>): readonly StoreEvent[] {
  return ((result.events ?? []) as RawEvent[]).map(({ type, kv, prev_kv }) => ({
    revision: Number(kv.mod_revision),
    key: decode(kv.key),
    value: type === 'DELETE' ? undefined : decode(kv.value),
    before: prev_kv && decode(prev_kv.value),
  }));
}
