// Starts a store for tests: ours from the built program, or a real etcd where one is installed.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createPki, type Pki } from '../../src/sandbox/pki/pki.ts';

export const masters = [
  { name: 'kuberm', address: '172.16.155.158' },
  { name: 'kuberm2', address: '172.16.155.165' },
];

/** The built program of a sandbox process. */
export function program(name: string): string {
  const file = join(resolve(process.env.KHA_DIST ?? 'dist'), `sandbox-${name}.js`);
  if (!existsSync(file)) throw new Error(`${file} is not there: run "node build.mjs" first`);
  return file;
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** Certificates of one run, in files under a folder that `clear` removes. */
export interface Ground {
  readonly dir: string;
  readonly pki: Pki;
  clear(): void;
}

export function createGround(): Ground {
  const dir = mkdtempSync(join(tmpdir(), 'kha-sandbox-'));
  const pki = createPki({ masters });
  const write = (name: string, pair: { cert: string; key: string }) => {
    writeFileSync(join(dir, `${name}.crt`), pair.cert);
    writeFileSync(join(dir, `${name}.key`), pair.key, { mode: 0o600 });
  };
  writeFileSync(join(dir, 'ca.crt'), pki.ca);
  write('etcd', pki.etcd);
  write('etcd-client', pki.etcdClient);
  write('admin', pki.admin);
  for (const [name, pair] of Object.entries(pki.apiserver)) write(`apiserver-${name}`, pair);
  return { dir, pki, clear: () => rmSync(dir, { recursive: true, force: true }) };
}

export async function end(child: ChildProcess, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
}

/** Tries until `look` gives something, at most `withinMs`. */
export async function eventually<T>(look: () => Promise<T | undefined> | T | undefined, withinMs = 10_000) {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > deadline) throw new Error('it did not come in time');
    await wait(20);
  }
}

export interface Store {
  readonly child: ChildProcess;
  readonly port: number;
  readonly agent: Agent;
  call(path: string, body: unknown): Promise<{ status: number; body: Record<string, unknown> }>;
}

/** Starts a store and waits until it answers /health. */
export async function startStore(options: {
  ground: Ground;
  real?: boolean;
  port?: number;
  dataDir?: string;
}): Promise<Store> {
  const { ground, real = false } = options;
  const port = options.port ?? (await freePort());
  const url = `https://127.0.0.1:${port}`;
  const dataDir = options.dataDir ?? mkdtempSync(join(ground.dir, 'data-'));
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const flags = [
    `--listen-client-urls=${url}`,
    `--advertise-client-urls=${url}`,
    `--data-dir=${dataDir}`,
    `--cert-file=${join(ground.dir, 'etcd.crt')}`,
    `--key-file=${join(ground.dir, 'etcd.key')}`,
    `--trusted-ca-file=${join(ground.dir, 'ca.crt')}`,
    '--client-cert-auth=true',
  ];
  if (real) {
    const peer = `http://127.0.0.1:${await freePort()}`;
    flags.push(`--listen-peer-urls=${peer}`, `--initial-advertise-peer-urls=${peer}`);
    flags.push(`--initial-cluster=default=${peer}`, '--logger=zap', '--log-outputs=/dev/null');
  }
  const [command, args] = real ? ['etcd', flags] : [process.execPath, [program('etcd'), ...flags]];
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const { pki } = ground;
  const agent = new Agent({ keepAlive: true, ca: pki.ca, ...pki.etcdClient });
  const call: Store['call'] = (path, body) => send({ agent, port, path, body });
  await eventually(async () => {
    if (child.exitCode !== null) throw new Error(`the store did not start: ${said}`);
    return call('/health', undefined).then(
      ({ status }) => (status === 200 ? true : undefined),
      () => undefined,
    );
  });
  return { child, port, agent, call };
}

async function send(options: { agent: Agent; port: number; path: string; body: unknown }) {
  const { agent, port, path, body } = options;
  const method = body === undefined ? 'GET' : 'POST';
  const asked = request({ agent, host: '127.0.0.1', port, path, method });
  const answered = once(asked, 'response');
  asked.end(body === undefined ? undefined : JSON.stringify(body));
  const [response] = (await answered) as [import('node:http').IncomingMessage];
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) text += chunk;
  return { status: response.statusCode ?? 0, body: JSON.parse(text) as Record<string, unknown> };
}
