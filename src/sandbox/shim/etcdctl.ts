// `etcdctl` on a sandbox's master: reads the store, speaking as version 2 did or as version 3 does.
import { parseArgs } from 'node:util';
import type { ApiClient } from '../supervisor/api.ts';
import { Refusal } from '../systemd/refusal.ts';
import type { ShimCall, ShimProgram } from './call.ts';

/** Version 2, as in the tutorial, prints the bare value; version 3 the key before it. */
export type EtcdctlVersion = 2 | 3;

interface Pair {
  readonly key: string;
  readonly value: string;
}

export function etcdctl(store: ApiClient, version: EtcdctlVersion): ShimProgram {
  return async (call) => {
    const { flags, words } = readFlags(call.args);
    const [verb = '', ...rest] = words;
    const key = rest[0] ?? '';
    switch (verb) {
      case 'get': {
        const pairs = await range(store, key, flags.prefix === true || flags['from-key'] === true);
        return printPairs(call, pairs, {
          key,
          version,
          keysOnly: flags['keys-only'],
          valueOnly: flags['print-value-only'],
        });
      }
      case 'ls': {
        const pairs = await range(store, key.endsWith('/') ? key : `${key}/`, true);
        for (const line of children(pairs, key, flags.recursive === true)) call.out(`${line}\n`);
        return 0;
      }
      case 'endpoint':
      case 'cluster-health':
        return health(call, store, rest[0] === 'status');
      case 'version':
        call.out(`etcdctl version: ${version}, of the sandbox\nAPI version: ${version}\n`);
        return 0;
      default:
        throw new Refusal(
          `Error: the sandbox's etcdctl knows get, ls, endpoint health and version, not "${verb}"`,
        );
    }
  };
}

function readFlags(args: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        prefix: { type: 'boolean' },
        'from-key': { type: 'boolean' },
        'keys-only': { type: 'boolean' },
        'print-value-only': { type: 'boolean' },
        recursive: { type: 'boolean', short: 'r' },
        // How to reach a store: there is but one here, and it is known.
        endpoints: text,
        endpoint: text,
        cacert: text,
        cert: text,
        key: text,
        'ca-file': text,
        'cert-file': text,
        'key-file': text,
        'write-out': { type: 'string', short: 'w' },
      },
    });
    return { flags: values, words: positionals };
  } catch (error) {
    throw new Refusal(`Error: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function range(store: ApiClient, key: string, isPrefix: boolean): Promise<Pair[]> {
  if (key === '') throw new Refusal('Error: get command needs one argument as key');
  const body = JSON.stringify({ key: base64(key), ...(isPrefix && { range_end: base64(after(key)) }) });
  const { status, text } = await ask(store, '/v3/kv/range', body);
  if (status !== 200) throw new Refusal(`Error: ${text.trim()}`);
  const found: { kvs?: { key: string; value?: string }[] } = JSON.parse(text);
  return (found.kvs ?? []).map((kv) => ({ key: plain(kv.key), value: plain(kv.value ?? '') }));
}

async function ask(store: ApiClient, path: string, body: string) {
  try {
    return await store.ask(path, { method: 'POST', contentType: 'application/json', body });
  } catch (error) {
    throw new Refusal(
      `Error: the store does not answer: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function printPairs(
  { out }: ShimCall,
  pairs: readonly Pair[],
  wish: {
    readonly key: string;
    readonly version: EtcdctlVersion;
    readonly keysOnly: boolean | undefined;
    readonly valueOnly: boolean | undefined;
  },
): number {
  if (pairs.length === 0 && wish.version === 2)
    throw new Refusal(`Error:  100: Key not found (${wish.key}) [1]`, 4);
  for (const { key, value } of pairs) {
    // Version 3 leaves an empty line after each key, as it would have printed a value.
    if (wish.keysOnly) out(`${key}\n\n`);
    else if (wish.valueOnly || wish.version === 2) out(`${value}\n`);
    else out(`${key}\n${value}\n`);
  }
  return 0;
}

function children(pairs: readonly Pair[], key: string, recursive: boolean): string[] {
  const base = key.replace(/\/$/, '');
  if (recursive) return pairs.map((pair) => pair.key);
  return [...new Set(pairs.map((pair) => `${base}/${pair.key.slice(base.length + 1).split('/')[0]}`))];
}

async function health({ out }: ShimCall, store: ApiClient, status: boolean): Promise<number> {
  const startedMs = performance.now();
  const answer = await ask(store, '/v3/maintenance/status', '{}');
  const { version, raftIndex } = JSON.parse(answer.text);
  const took = `${(performance.now() - startedMs).toFixed(3)}ms`;
  out(
    status
      ? `etcd, version ${version}, raft index ${raftIndex}\n`
      : `etcd is healthy: successfully committed proposal: took = ${took}\n`,
  );
  return 0;
}

/** The first key that no longer begins with the prefix. */
function after(prefix: string): string {
  return prefix.slice(0, -1) + String.fromCharCode(prefix.charCodeAt(prefix.length - 1) + 1);
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

function plain(text: string): string {
  return Buffer.from(text, 'base64').toString();
}
