// The API servers work over a real etcd as they do over the sandbox's own store.
import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from './etcd-start.ts';
import { type Sandbox, startSandbox } from './kube-apiserver-start.ts';

const hasEtcd = spawnSync('etcd', ['--version']).status === 0;
if (!hasEtcd)
  console.warn('etcd is not installed (Debian: etcd-server): the API server is tested on our store alone');

const leases = '/apis/coordination.k8s.io/v1/namespaces/kube-system/leases';

describe.skipIf(!hasEtcd)('over a real etcd', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ realStore: true, reconciler: 'lease' });
  });
  afterAll(() => sandbox.clear());

  it('a lock is taken by one of two, and a watch on the other API server tells of it', async () => {
    const [api, other] = sandbox.apis;
    const { body: made } = await api.send('POST', leases, {
      metadata: { name: 'lock' },
      spec: { leaseDurationSeconds: 15 },
    });
    const seen = await other.watch(`${leases}?watch=1&resourceVersion=${made.metadata.resourceVersion}`);
    const take = (who: typeof api, holderIdentity: string) =>
      who.send('PUT', `${leases}/lock`, { ...made, spec: { leaseDurationSeconds: 15, holderIdentity } });
    const answers = await Promise.all([take(api, 'kuberm_1'), take(other, 'kuberm2_1')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    await api.send('DELETE', `${leases}/lock`);
    const events = await eventually(() => (seen.events.length >= 2 ? seen.events : undefined));
    seen.close();
    expect(events.map(({ type }) => type)).toEqual(['MODIFIED', 'DELETED']);
  });

  it('lists come in pages, and what is compacted away is gone', async () => {
    const [api] = sandbox.apis;
    const first = await api.send('GET', '/api/v1/namespaces?limit=1');
    const rest = await api.send(
      'GET',
      `/api/v1/namespaces?continue=${first.body.metadata.continue as string}`,
    );
    expect([...first.body.items, ...rest.body.items].map(({ metadata }) => metadata.name)).toEqual([
      'default',
      'kube-node-lease',
      'kube-public',
      'kube-system',
    ]);
    await api.send('POST', leases, { metadata: { name: 'later' }, spec: {} });
    const { body: list } = await api.send('GET', leases);
    await sandbox.store.call('/v3/kv/compaction', { revision: list.metadata.resourceVersion });
    const late = await api.send(
      'GET',
      `/api/v1/namespaces?continue=${first.body.metadata.continue as string}`,
    );
    expect([late.status, late.body.reason]).toEqual([410, 'Expired']);
  });

  it('a stopped API server leaves the endpoints at once', async () => {
    const [first, second] = sandbox.apis;
    const addresses = async () => {
      const { body } = await first.send('GET', '/api/v1/namespaces/default/endpoints/kubernetes');
      return (body.subsets as Array<{ addresses: object[] }>)[0]?.addresses;
    };
    await eventually(async () => ((await addresses())?.length === 2 ? true : undefined), 15_000);
    await second.stop('SIGTERM');
    expect(await addresses()).toEqual([{ ip: '172.16.155.158' }]);
  });
});
