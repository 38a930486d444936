// Any process of the sandbox's control plane may be killed at any time, and the rest goes on or comes back.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import {
  createGround,
  end,
  eventually,
  freePort,
  type Ground,
  type Store,
  startStore,
} from './etcd-start.ts';
import { type Api, type Sandbox, startApi, startSandbox } from './kube-apiserver-start.ts';

const core = '/api/v1/namespaces/default';
const b64 = (text: string) => Buffer.from(text).toString('base64');

async function addresses(api: Api): Promise<string[]> {
  const { body } = await api.send('GET', `${core}/endpoints/kubernetes`);
  const [subset] = (body.subsets ?? []) as Array<{ addresses: Array<{ ip: string }> }>;
  return subset?.addresses.map(({ ip }) => ip) ?? [];
}

const both = ['172.16.155.158', '172.16.155.165'];

describe('when the store is killed', () => {
  let ground: Ground;
  let store: Store;
  let api: Api;
  afterEach(async () => {
    await api.stop();
    await end(store.child);
    store.agent.destroy();
    ground.clear();
  });

  it('requests fail with 500, watches stay, and both go on when it is back with what it had', async () => {
    ground = createGround();
    const dataDir = join(ground.dir, 'data');
    const port = await freePort();
    store = await startStore({ ground, dataDir, port });
    api = await startApi({ ground, storePort: port, master: 0 });
    const { body: made } = await api.send('POST', `${core}/configmaps`, { metadata: { name: 'kept' } });
    const seen = await api.watch(
      `${core}/configmaps?watch=1&resourceVersion=${made.metadata.resourceVersion}`,
    );

    await end(store.child, 'SIGKILL');
    store.agent.destroy();
    const down = await api.send('GET', `${core}/configmaps/kept`);
    expect([down.status, down.body.kind, down.body.code]).toEqual([500, 'Status', 500]);
    const unwell = await api.send('GET', '/readyz');
    expect([unwell.status, unwell.body.message]).toEqual([500, expect.stringContaining('[-]etcd failed')]);

    store = await startStore({ ground, dataDir, port });
    const { body: kept } = await api.send('GET', `${core}/configmaps/kept`);
    expect(kept).toEqual(made);
    await api.send('PUT', `${core}/configmaps/kept`, { ...kept, data: { a: '1' } });
    const [event] = await eventually(() => (seen.events.length > 0 ? seen.events : undefined));
    expect([event?.type, event?.object.data]).toEqual(['MODIFIED', { a: '1' }]);
    expect(seen.ended()).toBe(false);
    seen.close();
  });

  it('watches end with 410 when it comes back having lost everything', async () => {
    ground = createGround();
    const port = await freePort();
    store = await startStore({ ground, port });
    api = await startApi({ ground, storePort: port, master: 0 });
    const { body: made } = await api.send('POST', `${core}/configmaps`, { metadata: { name: 'lost' } });
    const seen = await api.watch(
      `${core}/configmaps?watch=1&resourceVersion=${made.metadata.resourceVersion}`,
    );
    await end(store.child, 'SIGKILL');
    store.agent.destroy();
    store = await startStore({ ground, port });
    const last = await eventually(() => seen.events.at(-1));
    expect(last).toMatchObject({ type: 'ERROR', object: { code: 410 } });
    await eventually(() => (seen.ended() ? true : undefined));
  });

  it('an API server that starts without it serves as soon as it is there', async () => {
    ground = createGround();
    const port = await freePort();
    api = await startApi({ ground, storePort: port, master: 0, atOnce: true });
    store = await startStore({ ground, port });
    await eventually(async () => {
      const found = await addresses(api).catch(() => undefined);
      return found?.includes('172.16.155.158') ? true : undefined;
    });
  });
});

describe('when an API server goes', () => {
  let sandbox: Sandbox;
  afterEach(() => sandbox.clear());

  it('stays in the endpoints under master-count, killed or stopped', async () => {
    sandbox = await startSandbox({ reconciler: 'master-count' });
    const [first, second] = sandbox.apis;
    expect(await addresses(second)).toEqual(both);
    await first.stop('SIGTERM');
    expect(first.child.exitCode).toBe(0);
    expect(await addresses(second)).toEqual(both);
    const again = await startApi({ ...ways(sandbox), master: 0, port: first.port });
    await again.stop('SIGKILL');
    expect(await addresses(second)).toEqual(both);
  });

  it('leaves the endpoints at once under lease, when it is stopped', async () => {
    sandbox = await startSandbox({ reconciler: 'lease' });
    const [first, second] = sandbox.apis;
    await eventually(async () => ((await addresses(first)).length === 2 ? true : undefined), 15_000);
    await second.stop('SIGTERM');
    expect(await addresses(first)).toEqual(['172.16.155.158']);
    const slices = '/apis/discovery.k8s.io/v1/namespaces/default/endpointslices/kubernetes';
    expect((await first.send('GET', slices)).body.endpoints).toEqual([
      { addresses: ['172.16.155.158'], conditions: { ready: true } },
    ]);
  });

  it('answers nobody once it is told to stop, though the store keeps it', async () => {
    sandbox = await startSandbox({ reconciler: 'lease' });
    const [, second] = sandbox.apis;
    expect((await second.send('GET', '/version')).status).toBe(200);
    sandbox.store.child.kill('SIGSTOP');
    second.child.kill('SIGTERM');
    await eventually(async () => {
      const refused = await second.send('GET', '/version').then(
        () => false,
        () => true,
      );
      // It lives still, and does not answer on the connection that was kept.
      return refused && second.child.exitCode === null ? true : undefined;
    });
    await eventually(() => (second.child.exitCode === 0 ? true : undefined));
    sandbox.store.child.kill('SIGCONT');
  });

  it('leaves the endpoints under lease after a kill, once its key in the store has run out', async () => {
    sandbox = await startSandbox({ reconciler: 'lease' });
    const [first, second] = sandbox.apis;
    await eventually(async () => ((await addresses(first)).length === 2 ? true : undefined), 15_000);
    await second.stop('SIGKILL');
    expect(await addresses(first)).toEqual(both);
    // The 15 s of the key, made short.
    const key = b64('/registry/masterleases/172.16.155.165');
    const { body } = await sandbox.store.call('/v3/kv/range', { key });
    const [held] = body.kvs as [{ lease: string }];
    await sandbox.store.call('/v3/lease/revoke', { ID: held.lease });
    await eventually(async () => ((await addresses(first)).length === 1 ? true : undefined), 15_000);
  });

  it('ends its watches, and another serves what was watched from where they were', async () => {
    sandbox = await startSandbox();
    const [first, second] = sandbox.apis;
    const { body: made } = await first.send('POST', `${core}/configmaps`, { metadata: { name: 'on' } });
    const query = `watch=1&resourceVersion=${made.metadata.resourceVersion}`;
    const seen = await first.watch(`${core}/configmaps?${query}`);
    await first.stop('SIGKILL');
    await eventually(() => (seen.ended() ? true : undefined));
    await second.send('PUT', `${core}/configmaps/on`, { ...made, data: { a: '1' } });
    const next = await second.watch(`${core}/configmaps?${query}`);
    const [event] = await eventually(() => (next.events.length > 0 ? next.events : undefined));
    next.close();
    expect(event).toMatchObject({ type: 'MODIFIED', object: { data: { a: '1' } } });
    expect(existsSync(`/proc/${first.child.pid}`)).toBe(false);
  });
});

const ways = ({ ground, store }: Sandbox) => ({ ground, storePort: store.port });
