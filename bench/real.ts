// A real control plane on loopback: one etcd; two each of API server, scheduler and controller-manager.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { Agent, get } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { kubeconfig } from '../test/masters/harness/kubeconfig.ts';
import { makePki } from '../test/masters/harness/pki.ts';
import { cacheFolder } from '../test/masters/harness/places.ts';

const etcd = '/usr/bin/etcd';
const binaries = () => join(cacheFolder(), 'kubernetes/1.36.3');
const leases = '/apis/coordination.k8s.io/v1/namespaces/kube-system/leases';
const patienceMs = 60_000;

export interface RealPlane {
  /** From the start of the first process, keys made before, to both API servers ready and both components led. */
  readonly readyMs: number;
  pids(): readonly number[];
  down(): Promise<void>;
}

/** What is not there for a real control plane, in words; null when one can be started. */
export async function lacksForReal(): Promise<string | null> {
  for (const file of [etcd, join(binaries(), 'kube-apiserver')])
    if (
      !(await access(file).then(
        () => true,
        () => false,
      ))
    )
      return `there is no ${file}; test/masters/build/all.sh makes it`;
  return null;
}

const here = '127.0.0.1';

export async function startReal(): Promise<RealPlane> {
  const folder = await mkdtemp(join(tmpdir(), 'kha-bench-real-'));
  await makePki(join(folder, 'pki'), { masters: [here], store: here, node: here });
  const [client = 0, peer = 0, ...apis] = await freePorts(4);
  const children: ChildProcess[] = [];
  const start = (program: string, args: readonly string[]) =>
    children.push(spawn(program, args, { cwd: folder, stdio: 'ignore' }));
  const down = async () => {
    for (const child of children.filter(
      ({ exitCode, signalCode }) => exitCode === null && signalCode === null,
    )) {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    }
    await rm(folder, { recursive: true, force: true });
  };
  try {
    for (const port of apis) await writeLogin(folder, port);
    const started = performance.now();
    start(etcd, etcdArgs(folder, { client, peer }));
    for (const port of apis)
      start(join(binaries(), 'kube-apiserver'), apiserverArgs(folder, { port, client }));
    for (const port of apis)
      for (const name of ['kube-scheduler', 'kube-controller-manager'])
        start(join(binaries(), name), electedArgs(folder, { name, port }));
    await untilReady(folder, apis, children);
    const readyMs = performance.now() - started;
    return { readyMs, pids: () => children.map(({ pid }) => pid ?? 0), down };
  } catch (error) {
    await down();
    throw error;
  }
}

function etcdArgs(folder: string, { client, peer }: { client: number; peer: number }): string[] {
  const at = (port: number) => `http://127.0.0.1:${port}`;
  return [
    `--data-dir=${join(folder, 'etcd')}`,
    `--listen-client-urls=${at(client)}`,
    `--advertise-client-urls=${at(client)}`,
    `--listen-peer-urls=${at(peer)}`,
    `--initial-advertise-peer-urls=${at(peer)}`,
    `--initial-cluster=default=${at(peer)}`,
  ];
}

function apiserverArgs(folder: string, { port, client }: { port: number; client: number }): string[] {
  const pki = (name: string) => join(folder, 'pki', name);
  return [
    '--bind-address=127.0.0.1',
    `--secure-port=${port}`,
    '--endpoint-reconciler-type=none',
    '--advertise-address=172.16.155.158',
    '--service-cluster-ip-range=172.18.0.0/16',
    `--etcd-servers=http://127.0.0.1:${client}`,
    '--authorization-mode=RBAC',
    `--client-ca-file=${pki('ca.crt')}`,
    `--tls-cert-file=${pki('server.crt')}`,
    `--tls-private-key-file=${pki('server.key')}`,
    `--service-account-key-file=${pki('sa.pub')}`,
    `--service-account-signing-key-file=${pki('sa.key')}`,
    '--service-account-issuer=https://kubernetes.default',
  ];
}

function electedArgs(folder: string, { name, port }: { name: string; port: number }): string[] {
  const login = ['kubeconfig', 'authentication-kubeconfig', 'authorization-kubeconfig'];
  const own = name === 'kube-scheduler' ? [] : [`--root-ca-file=${join(folder, 'pki/ca.crt')}`];
  return [
    ...login.map((flag) => `--${flag}=${join(folder, String(port), 'kubeconfig')}`),
    '--secure-port=0',
    '--leader-elect=true',
    ...own,
  ];
}

async function writeLogin(folder: string, port: number): Promise<void> {
  await mkdir(join(folder, String(port)));
  const login = { client: 'admin', server: `https://127.0.0.1:${port}` };
  await writeFile(join(folder, String(port), 'kubeconfig'), await kubeconfig(join(folder, 'pki'), login));
}

async function untilReady(folder: string, apis: readonly number[], children: readonly ChildProcess[]) {
  const file = (name: string) => readFile(join(folder, 'pki', name));
  const [ca, cert, key] = await Promise.all([file('ca.crt'), file('admin.crt'), file('admin.key')]);
  const agent = new Agent({ ca, cert, key, keepAlive: true });
  const answer = (port: number, path: string) =>
    ask({ agent, port, path }).catch(() => ({ status: 0, body: '' }));
  const led = async (port: number, component: string) =>
    /"holderIdentity": ?"[^"]/.test((await answer(port, `${leases}/${component}`)).body);
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const [first = 0] = apis;
    const ready = await Promise.all(apis.map(async (port) => (await answer(port, '/readyz')).status === 200));
    const held = await Promise.all([led(first, 'kube-scheduler'), led(first, 'kube-controller-manager')]);
    if ([...ready, ...held].every(Boolean)) break;
    const ended = children.find(({ exitCode }) => exitCode !== null);
    if (ended || Date.now() > deadline)
      throw new Error(`the real control plane did not come up${ended ? `: ${ended.spawnfile} ended` : ''}`);
    await pause(15);
  }
  agent.destroy();
}

function ask(where: { agent: Agent; port: number; path: string }): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', ...where, timeout: 2000 }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => {
        body += text;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    }).on('error', reject);
  });
}

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => {
    const address = server.address();
    return typeof address === 'object' && address ? address.port : 0;
  });
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
