// Starts API servers over a store for tests, and talks to them.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import { join } from 'node:path';
import type { KubeObject } from '../../src/sandbox/kube-apiserver/object.ts';
import {
  createGround,
  end,
  eventually,
  freePort,
  type Ground,
  masters,
  program,
  type Store,
  startStore,
} from './etcd-start.ts';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  // biome-ignore format: one line
  readonly body: KubeObject & { items: KubeObject[]; message: string; reason: string; rows: Array<{ cells: unknown[]; object?: KubeObject }>; columnDefinitions: Array<{ name: string; priority: number }> };
}

export interface Api {
  readonly child: ChildProcess;
  readonly port: number;
  readonly kubeconfig: string;
  readonly logs: string;
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  watch(path: string): Promise<Watched>;
  stop(signal?: NodeJS.Signals): Promise<void>;
}

export interface WatchEvent {
  readonly type: string;
  readonly object: KubeObject & { code?: number };
}

export interface Watched {
  readonly events: readonly WatchEvent[];
  readonly ended: () => boolean;
  close(): void;
}

export interface Sandbox {
  readonly ground: Ground;
  store: Store;
  readonly apis: readonly [Api, Api];
  clear(): Promise<void>;
}

export interface ApiOptions {
  readonly ground: Ground;
  readonly storePort: number;
  readonly master: number;
  readonly style?: '1.6' | '1.36';
  readonly reconciler?: 'master-count' | 'lease';
  readonly port?: number;
  /** Do not wait until it serves. */
  readonly atOnce?: boolean;
}

/** Starts an API server and waits until it says READY=1. */
export async function startApi(options: ApiOptions): Promise<Api> {
  const { ground, storePort, style = '1.36' } = options;
  const { name, address } = masters[options.master] ?? { name: '', address: '' };
  const port = options.port ?? (await freePort());
  const file = (of: string) => join(ground.dir, of);
  const logs = file(`logs-${name}`);
  const child = spawn(
    process.execPath,
    [
      program('kube-apiserver'),
      `--advertise-address=${address}`,
      '--apiserver-count=2',
      `--endpoint-reconciler-type=${options.reconciler ?? 'master-count'}`,
      '--service-cluster-ip-range=172.18.0.0/16',
      `--secure-port=${port}`,
      '--bind-address=127.0.0.1',
      `--etcd-servers=https://127.0.0.1:${storePort}`,
      `--etcd-cafile=${file('ca.crt')}`,
      `--etcd-certfile=${file('etcd-client.crt')}`,
      `--etcd-keyfile=${file('etcd-client.key')}`,
      `--client-ca-file=${file('ca.crt')}`,
      `--tls-cert-file=${file(`apiserver-${name}.crt`)}`,
      `--tls-private-key-file=${file(`apiserver-${name}.key`)}`,
      '--allow-privileged=false',
      '--v=6',
      '--logtostderr=false',
      `--log-dir=${logs}`,
    ],
    {
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
      env: { ...process.env, KHA_SANDBOX_STYLE: style, KHA_SANDBOX_HOSTNAME: name },
    },
  );
  let said = '';
  let ready = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  child.stdio[3]?.on('data', (text: Buffer) => {
    ready += text.toString();
  });
  const kubeconfig = file(`kubeconfig-${name}-${port}`);
  writeFileSync(kubeconfig, JSON.stringify(kubeconfigFor(ground, port)), { mode: 0o600 });
  const { pki } = ground;
  const agent = new Agent({ keepAlive: true, ca: pki.ca, ...pki.admin });
  const api: Api = {
    child,
    port,
    kubeconfig,
    logs,
    send: (method, path, body, headers) => send({ agent, port, method, path, body, headers }),
    watch: (path) => watch(ground, port, path),
    stop: async (signal = 'SIGKILL') => {
      await end(child, signal);
      agent.destroy();
    },
  };
  if (options.atOnce) return api;
  await eventually(() => {
    if (child.exitCode !== null) throw new Error(`the API server did not start: ${said}`);
    return ready.includes('READY=1\n') ? true : undefined;
  }, 20_000);
  return api;
}

/** A store and two API servers. */
export async function startSandbox(
  options: Pick<ApiOptions, 'style' | 'reconciler'> & { readonly realStore?: boolean } = {},
): Promise<Sandbox> {
  const { realStore = false, ...ways } = options;
  const ground = createGround();
  const store = await startStore({ ground, real: realStore });
  const start = (master: number) => startApi({ ground, storePort: store.port, master, ...ways });
  const apis = await Promise.all([start(0), start(1)]);
  const sandbox: Sandbox = {
    ground,
    store,
    apis,
    clear: async () => {
      await Promise.all([...apis.map((api) => api.stop()), end(sandbox.store.child)]);
      sandbox.store.agent.destroy();
      ground.clear();
    },
  };
  return sandbox;
}

function kubeconfigFor(ground: Ground, port: number) {
  const file = (name: string) => join(ground.dir, name);
  const cluster = { server: `https://127.0.0.1:${port}`, 'certificate-authority': file('ca.crt') };
  const user = { 'client-certificate': file('admin.crt'), 'client-key': file('admin.key') };
  return {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'sandbox', cluster }],
    users: [{ name: 'admin', user }],
    contexts: [{ name: 'sandbox', context: { cluster: 'sandbox', user: 'admin' } }],
    'current-context': 'sandbox',
  };
}

async function send(options: {
  agent: Agent;
  port: number;
  method: string;
  path: string;
  body: unknown;
  headers: Record<string, string> | undefined;
}): Promise<Answer> {
  const { agent, port, method, path, body } = options;
  const text = body === undefined ? '' : JSON.stringify(body);
  const length = { 'content-length': String(Buffer.byteLength(text)) };
  const headers = { 'content-type': 'application/json', ...length, ...options.headers };
  const asked = request({ agent, host: '127.0.0.1', port, path, method, headers });
  const answered = once(asked, 'response');
  asked.end(text);
  const [response] = (await answered) as [IncomingMessage];
  let said = '';
  for await (const chunk of response.setEncoding('utf8')) said += chunk;
  const parsed = said.startsWith('{') ? JSON.parse(said) : { message: said };
  return { status: response.statusCode ?? 0, headers: response.headers, body: parsed };
}

async function watch(ground: Ground, port: number, path: string): Promise<Watched> {
  const { ca, admin } = ground.pki;
  const asked = request({ agent: false, host: '127.0.0.1', port, path, ca, ...admin });
  const answered = once(asked, 'response');
  asked.end();
  const [response] = (await answered) as [IncomingMessage];
  const events: WatchEvent[] = [];
  let rest = '';
  let over = false;
  asked.on('error', () => undefined);
  response.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line !== '') events.push(JSON.parse(line));
  });
  response
    .on('error', () => undefined)
    .on('close', () => {
      over = true;
    });
  return { events, ended: () => over, close: () => asked.destroy() };
}
