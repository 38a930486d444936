// API servers over TLS: one that falls silent without closing anything, and one known by another name than its address.
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { ApiServer } from '../../src/cluster/apiserver.ts';
import { connectCluster } from '../../src/cluster/connect.ts';
import { askHealth } from '../../src/cluster/facts.ts';
import { keepInView } from '../../src/cluster/keep.ts';
import type { KhaError } from '../../src/model/failure.ts';
import { createAuthority } from '../../src/sandbox/pki/certificate.ts';
import { proxyFor } from '../e2e/drivers/proxy.ts';

const clock = () => performance.now();
const validity = { from: new Date(Date.now() - 1_000), until: new Date(Date.now() + 3_600_000) };
const authority = createAuthority({ commonName: 'test', validity });

/** Lists nothing, and keeps every watch open without a word. */
async function quietServer(names: readonly string[]): Promise<number> {
  const server = createServer(authority.issue({ commonName: 'kube-apiserver', names }), (asked, answer) => {
    if (asked.url?.includes('watch=1')) return void answer.writeHead(200).flushHeaders();
    answer.end(JSON.stringify({ gitVersion: 'v1.36.3', metadata: { resourceVersion: '1' }, items: [] }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

async function reached(port: number, more: object = {}): Promise<ApiServer> {
  const folder = mkdtempSync(join(tmpdir(), 'kha-kubeconfig-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const kubeconfig = join(folder, 'config');
  const ca = Buffer.from(authority.cert).toString('base64');
  const cluster = { server: `https://127.0.0.1:${port}`, 'certificate-authority-data': ca, ...more };
  const config = {
    clusters: [{ name: 'c', cluster }],
    users: [{ name: 'u', user: { token: 't' } }],
    contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
    'current-context': 'x',
  };
  writeFileSync(kubeconfig, JSON.stringify(config));
  const [api] = await connectCluster({ via: 'kubeconfig', kubeconfig }, []);
  if (!api) throw new Error('no API server');
  onTestFinished(() => api.close());
  return api;
}

test('a server that falls silent is known to be lost within ten seconds, though nothing was closed', async () => {
  const wire = await proxyFor(await quietServer(['127.0.0.1']));
  const api = await reached(wire.port);
  const ending = new AbortController();
  onTestFinished(() => ending.abort());
  let watching = () => {};
  const opened = new Promise<void>((resolve) => {
    watching = resolve;
  });
  const told = new Promise<KhaError | null>((resolve) => {
    const watched: ApiServer = {
      ...api,
      watch(path, signal) {
        watching();
        return api.watch(path, signal);
      },
    };
    keepInView({ api: watched, path: '/x', clock, signal: ending.signal, onObject() {}, onTrouble: resolve });
  });
  await opened;
  const from = clock();
  wire.silence();
  const health = askHealth(api);
  expect(await told).toMatchObject({
    code: 'api-unreachable',
    message: expect.stringContaining('no answer in 4 s'),
  });
  expect(clock() - from).toBeLessThan(10_000);
  expect(await health).toMatchObject({ ready: false, detail: expect.stringContaining('no answer in 4 s') });
});

test('a quiet watch of a server that answers stays open', async () => {
  const api = await reached(await quietServer(['127.0.0.1']));
  const ending = new AbortController();
  let ended = false;
  const watch = (async () => {
    for await (const _ of api.watch('/x?watch=1', ending.signal));
    ended = true;
  })();
  // Longer than the silence after which it is asked, and than the answer to that may take.
  await new Promise((resolve) => setTimeout(resolve, 8_000));
  expect(ended).toBe(false);
  ending.abort();
  await watch;
});

test("a kubeconfig's tls-server-name is what the certificate must be for", async () => {
  const port = await quietServer(['api.lab.example']);
  const named = await reached(port, { 'tls-server-name': 'api.lab.example' });
  expect(await askHealth(named)).toMatchObject({ ready: true });
  const unnamed = await reached(port);
  expect(await askHealth(unnamed)).toMatchObject({
    ready: false,
    detail: expect.stringContaining('127.0.0.1'),
  });
});
