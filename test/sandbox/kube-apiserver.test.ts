// What clients of the API rely on: versions, conflicts, watches, selectors, patches, and one truth on both API servers.
import { once } from 'node:events';
import { request } from 'node:https';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from './etcd-start.ts';
import { type Api, type Sandbox, startApi, startSandbox } from './kube-apiserver-start.ts';

const core = '/api/v1/namespaces/default';
const leases = '/apis/coordination.k8s.io/v1/namespaces/kube-system/leases';
const pod = (name: string, more: object = {}) => ({
  metadata: { name, labels: { app: name } },
  spec: { containers: [{ name: 'c', image: 'none' }] },
  ...more,
});

let sandbox: Sandbox;
let api: Api;
let other: Api;
beforeAll(async () => {
  sandbox = await startSandbox();
  [api, other] = sandbox.apis;
});
afterAll(() => sandbox.clear());

describe('objects', () => {
  it('are made with a name, an identity and a version, and read alike on both API servers', async () => {
    const made = await api.send('POST', `${core}/configmaps`, {
      metadata: { name: 'one' },
      data: { a: '1' },
    });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      kind: 'ConfigMap',
      apiVersion: 'v1',
      metadata: { name: 'one', namespace: 'default', uid: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    });
    expect(made.body.metadata.creationTimestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect((await other.send('GET', `${core}/configmaps/one`)).body).toEqual(made.body);
    const again = await other.send('POST', `${core}/configmaps`, { metadata: { name: 'one' } });
    expect(again.status).toBe(409);
    expect(again.body).toMatchObject({
      kind: 'Status',
      status: 'Failure',
      reason: 'AlreadyExists',
      message: 'configmaps "one" already exists',
      code: 409,
    });
  });

  it('lie in the store as plain JSON under their real keys', async () => {
    const { body } = await sandbox.store.call('/v3/kv/range', {
      key: Buffer.from('/registry/services/endpoints/default/kubernetes').toString('base64'),
    });
    const [raw] = body.kvs as [{ value: string }];
    const stored = JSON.parse(Buffer.from(raw.value, 'base64').toString());
    expect(stored.subsets).toEqual([
      {
        addresses: [{ ip: '172.16.155.158' }, { ip: '172.16.155.165' }],
        ports: [{ name: 'https', port: 6443, protocol: 'TCP' }],
      },
    ]);
    expect(stored.metadata.resourceVersion).toBeUndefined();
  });

  it('take a name of their own from generateName', async () => {
    const { body } = await api.send('POST', `${core}/events`, { metadata: { generateName: 'it.' } });
    expect(body.metadata.name).toMatch(/^it\.[a-z0-9]{5}$/);
  });

  it('are refused in words: no such object, no namespace, no name, a bad name, no such path', async () => {
    const missing = await api.send('GET', `${leases}/none`);
    expect([missing.status, missing.body.message]).toEqual([
      404,
      'leases.coordination.k8s.io "none" not found',
    ]);
    const nowhere = await api.send('POST', '/api/v1/namespaces/none/configmaps', { metadata: { name: 'a' } });
    expect([nowhere.status, nowhere.body.message]).toEqual([404, 'namespaces "none" not found']);
    expect((await api.send('POST', `${core}/configmaps`, {})).status).toBe(422);
    expect((await api.send('POST', `${core}/configmaps`, { metadata: { name: 'A_b' } })).status).toBe(422);
    expect((await api.send('GET', '/apis/none/v1/things')).status).toBe(404);
    expect(
      (await api.send('POST', `${core}/configmaps`, { kind: 'Pod', metadata: { name: 'a' } })).status,
    ).toBe(400);
  });
});

describe('a lock', () => {
  it('can be changed by one of two who saw the same version', async () => {
    const spec = { holderIdentity: 'kuberm_1', leaseDurationSeconds: 15, leaseTransitions: 0 };
    const { body: made } = await api.send('POST', leases, { metadata: { name: 'lock' }, spec });
    const take = (who: Api, holderIdentity: string) =>
      who.send('PUT', `${leases}/lock`, { ...made, spec: { ...spec, holderIdentity } });
    const answers = await Promise.all([take(api, 'kuberm_2'), take(other, 'kuberm2_1')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const lost = answers.find(({ status }) => status === 409);
    expect(lost?.body.reason).toBe('Conflict');
    expect(lost?.body.message).toBe(
      'Operation cannot be fulfilled on leases.coordination.k8s.io "lock": the object has been modified; ' +
        'please apply your changes to the latest version and try again',
    );
    const winner = answers.find(({ status }) => status === 200);
    expect((await other.send('GET', `${leases}/lock`)).body).toEqual(winner?.body);
    expect(Number(winner?.body.metadata.resourceVersion)).toBeGreaterThan(
      Number(made.metadata.resourceVersion),
    );
    expect(winner?.body.metadata.uid).toBe(made.metadata.uid);
  });

  it('cannot last no time, nor be put without saying which version it replaces', async () => {
    const bad = await api.send('POST', leases, {
      metadata: { name: 'bad' },
      spec: { leaseDurationSeconds: 0 },
    });
    expect(bad.status).toBe(422);
    const blind = await api.send('PUT', `${leases}/lock`, { metadata: { name: 'lock' }, spec: {} });
    expect(blind.status).toBe(422);
  });
});

describe('a watch', () => {
  it('tells on one API server what is written through the other, in order', async () => {
    const { body: list } = await other.send('GET', `${core}/configmaps`);
    const seen = await other.watch(
      `${core}/configmaps?watch=1&resourceVersion=${list.metadata.resourceVersion}`,
    );
    const { body: made } = await api.send('POST', `${core}/configmaps`, { metadata: { name: 'seen' } });
    await api.send('PUT', `${core}/configmaps/seen`, { ...made, data: { a: '1' } });
    await api.send('DELETE', `${core}/configmaps/seen`);
    const events = await eventually(() => (seen.events.length >= 3 ? seen.events : undefined));
    seen.close();
    expect(events.map(({ type }) => type)).toEqual(['ADDED', 'MODIFIED', 'DELETED']);
    const versions = events.map(({ object }) => Number(object.metadata.resourceVersion));
    expect(versions).toEqual([...versions].sort((a, b) => a - b));
    expect(events[1]?.object.data).toEqual({ a: '1' });
  });

  it('begins with what is there, when no version is given', async () => {
    const seen = await api.watch('/api/v1/namespaces?watch=1&fieldSelector=metadata.name=kube-system');
    const [first] = await eventually(() => (seen.events.length > 0 ? seen.events : undefined));
    seen.close();
    expect(first).toMatchObject({
      type: 'ADDED',
      object: { kind: 'Namespace', metadata: { name: 'kube-system' } },
    });
  });

  it('marks the end of what is there and how far it has come, when asked', async () => {
    const query = 'watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true';
    const seen = await api.watch(`/api/v1/namespaces?${query}&timeoutSeconds=1`);
    await eventually(() => (seen.ended() ? true : undefined));
    const marks = seen.events.filter(({ type }) => type === 'BOOKMARK');
    expect(marks).toHaveLength(2);
    expect(marks[0]?.object.metadata.annotations).toEqual({ 'k8s.io/initial-events-end': 'true' });
    expect(Number(marks[1]?.object.metadata.resourceVersion)).toBeGreaterThan(0);
  });

  it('says 410 when it is asked for what is no longer known', async () => {
    // One that has just started knows nothing of what was before.
    const late = await startApi({ ground: sandbox.ground, storePort: sandbox.store.port, master: 1 });
    const seen = await late.watch(`${core}/pods?watch=1&resourceVersion=1`);
    const [gone] = await eventually(() => (seen.events.length > 0 ? seen.events : undefined));
    expect(gone).toMatchObject({ type: 'ERROR', object: { kind: 'Status', code: 410, reason: 'Expired' } });
    await eventually(() => (seen.ended() ? true : undefined));
    await late.stop();
  });

  it('shows an object coming into a selection and leaving it', async () => {
    const { body: made } = await api.send('POST', `${core}/pods`, pod('moving'));
    const from = made.metadata.resourceVersion;
    const seen = await other.watch(
      `${core}/pods?watch=1&resourceVersion=${from}&fieldSelector=spec.nodeName=kuberm`,
    );
    await api.send('POST', `${core}/pods/moving/binding`, { target: { kind: 'Node', name: 'kuberm' } });
    await eventually(() => (seen.events.length === 1 ? true : undefined));
    await api.send('DELETE', `${core}/pods/moving`);
    await eventually(() => (seen.events.length === 2 ? true : undefined));
    seen.close();
    expect(seen.events.map(({ type }) => type)).toEqual(['ADDED', 'DELETED']);
  });
});

describe('a pod', () => {
  it('is bound once', async () => {
    const { body: made } = await api.send('POST', `${core}/pods`, pod('canary'));
    expect(made.status).toMatchObject({ phase: 'Pending' });
    const bind = (who: Api, name: string) =>
      who.send('POST', `${core}/pods/canary/binding`, {
        kind: 'Binding',
        metadata: { name: 'canary' },
        target: { kind: 'Node', name },
      });
    const answers = await Promise.all([bind(api, 'kuberm'), bind(other, 'kuberm2')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    const { body: bound } = await api.send('GET', `${core}/pods/canary`);
    const winner = answers[0]?.status === 201 ? 'kuberm' : 'kuberm2';
    expect((bound.spec as { nodeName: string }).nodeName).toBe(winner);
    expect((bound.status as { conditions: object[] }).conditions).toMatchObject([
      { type: 'PodScheduled', status: 'True' },
    ]);
  });

  it('has a status that only /status changes', async () => {
    const { body: held } = await api.send('GET', `${core}/pods/canary`);
    const running = { ...held, status: { phase: 'Running', startTime: '2026-11-22T20:00:00Z' } };
    expect((await api.send('PUT', `${core}/pods/canary`, running)).body.status).toEqual(held.status);
    const put = await api.send('PUT', `${core}/pods/canary/status`, running);
    expect(put.body.status).toMatchObject({ phase: 'Running' });
  });

  it('waits for its kubelet when it is deleted, and goes when that lets go', async () => {
    const marked = await api.send('DELETE', `${core}/pods/canary`);
    expect(marked.body.metadata.deletionTimestamp).toBeDefined();
    expect((await api.send('GET', `${core}/pods/canary`)).status).toBe(200);
    const gone = await api.send('DELETE', `${core}/pods/canary`, { gracePeriodSeconds: 0 });
    expect(gone.body).toMatchObject({ kind: 'Status', status: 'Success' });
    expect((await api.send('GET', `${core}/pods/canary`)).status).toBe(404);
  });
});

describe('lists', () => {
  beforeAll(async () => {
    for (const name of ['l1', 'l2', 'l3']) {
      const metadata = { name, labels: { set: 'list', name, ...(name === 'l2' ? { odd: '' } : {}) } };
      await api.send('POST', `${core}/configmaps`, { metadata });
    }
  });
  const names = async (query: string) => {
    const { body } = await other.send('GET', `${core}/configmaps?${query}`);
    return body.items.map(({ metadata }) => metadata.name);
  };

  it('select by labels and fields', async () => {
    expect(await names('labelSelector=set%3Dlist')).toEqual(['l1', 'l2', 'l3']);
    expect(await names('labelSelector=set%3Dlist,name+in+(l1,l3)')).toEqual(['l1', 'l3']);
    expect(await names('labelSelector=set,!odd')).toEqual(['l1', 'l3']);
    expect(await names('fieldSelector=metadata.name%3Dl2')).toEqual(['l2']);
    const bad = await api.send('GET', `${core}/configmaps?fieldSelector=data.a%3D1`);
    expect([bad.status, bad.body.message]).toEqual([
      400,
      expect.stringContaining('field label not supported: data.a'),
    ]);
  });

  it('come in pages of one moment', async () => {
    const first = await api.send('GET', `${core}/configmaps?limit=2`);
    expect(first.body.items).toHaveLength(2);
    await api.send('POST', `${core}/configmaps`, { metadata: { name: 'zz-late' } });
    const token = first.body.metadata.continue as string;
    const rest = await other.send('GET', `${core}/configmaps?limit=500&continue=${token}`);
    const all = [...first.body.items, ...rest.body.items].map(({ metadata }) => metadata.name);
    expect(all).toEqual(expect.arrayContaining(['l1', 'l2', 'l3']));
    expect(all).not.toContain('zz-late');
    expect(rest.body.metadata.resourceVersion).toBe(first.body.metadata.resourceVersion);
  });

  it('are deleted as selected', async () => {
    await api.send('DELETE', `${core}/configmaps?labelSelector=set%3Dlist`);
    expect(await names('labelSelector=set%3Dlist')).toEqual([]);
    expect(await names('fieldSelector=metadata.name%3Dzz-late')).toEqual(['zz-late']);
  });
});

describe('patches', () => {
  const patch = (type: string, body: unknown, path = `${core}/pods/patched`) =>
    api.send('PATCH', path, body, { 'content-type': type });
  beforeAll(async () => {
    await api.send('POST', `${core}/pods`, pod('patched'));
  });

  it('merge', async () => {
    const { body } = await patch('application/merge-patch+json', {
      metadata: { labels: { app: null, a: 'b' } },
    });
    expect(body.metadata.labels).toEqual({ a: 'b' });
  });

  it('merge lists by the name of their members', async () => {
    const containers = [
      { name: 'c', image: 'other' },
      { name: 'd', image: 'second' },
    ];
    const { body } = await patch('application/strategic-merge-patch+json', { spec: { containers } });
    expect((body.spec as { containers: object[] }).containers).toMatchObject([
      { name: 'c', image: 'other', imagePullPolicy: 'IfNotPresent' },
      { name: 'd', image: 'second' },
    ]);
    const gone = await patch('application/strategic-merge-patch+json', {
      spec: { containers: [{ name: 'd', $patch: 'delete' }] },
    });
    expect((gone.body.spec as { containers: object[] }).containers).toHaveLength(1);
  });

  it('do single steps', async () => {
    const steps = [
      { op: 'test', path: '/metadata/labels/a', value: 'b' },
      { op: 'add', path: '/metadata/annotations', value: { 'a/b': '1' } },
      { op: 'replace', path: '/metadata/annotations/a~1b', value: '2' },
    ];
    const { body } = await patch('application/json-patch+json', steps);
    expect(body.metadata.annotations).toEqual({ 'a/b': '2' });
    const failed = await patch('application/json-patch+json', [
      { op: 'test', path: '/metadata/labels/a', value: 'x' },
    ]);
    expect(failed.status).toBe(422);
  });

  it('apply what is not there yet', async () => {
    const path = `${core}/configmaps/applied?fieldManager=test`;
    const given = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'applied' }, data: { a: '1' } };
    expect((await patch('application/apply-patch+yaml', given, path)).status).toBe(201);
    const second = await patch('application/apply-patch+yaml', { ...given, data: { b: '2' } }, path);
    expect([second.status, second.body.data]).toEqual([200, { a: '1', b: '2' }]);
  });

  it('are only tried when they are a dry run', async () => {
    const path = `${core}/configmaps/applied?dryRun=All`;
    const { body } = await patch('application/merge-patch+json', { data: { a: 'other' } }, path);
    expect(body.data).toMatchObject({ a: 'other' });
    expect((await api.send('GET', `${core}/configmaps/applied`)).body.data).toMatchObject({ a: '1' });
  });
});

describe('events', () => {
  it('are the same in both of their groups', async () => {
    const event = {
      metadata: { generateName: 'kube-scheduler.', namespace: 'kube-system' },
      regarding: { kind: 'Lease', namespace: 'kube-system', name: 'kube-scheduler' },
      reason: 'LeaderElection',
      note: 'kuberm_1 became leader',
      type: 'Normal',
      eventTime: '2026-11-22T20:00:00.000000Z',
      reportingController: 'default-scheduler',
    };
    const newer = '/apis/events.k8s.io/v1/namespaces/kube-system/events';
    const { status, body } = await api.send('POST', newer, event);
    expect(status).toBe(201);
    expect(body).toMatchObject({ apiVersion: 'events.k8s.io/v1', note: 'kuberm_1 became leader' });
    const query = 'fieldSelector=involvedObject.name%3Dkube-scheduler,reason%3DLeaderElection';
    const { body: list } = await other.send('GET', `/api/v1/namespaces/kube-system/events?${query}`);
    expect(list.items).toMatchObject([
      {
        involvedObject: { kind: 'Lease' },
        message: 'kuberm_1 became leader',
        reportingComponent: 'default-scheduler',
      },
    ]);
  });
});

describe('the servers', () => {
  it('say which version they behave as and that they are a sandbox', async () => {
    const { body } = await api.send('GET', '/version');
    expect(body).toMatchObject({ gitVersion: 'v1.36.3', platform: 'kha-lab/sandbox' });
    for (const path of ['/healthz', '/livez', '/readyz']) {
      expect((await api.send('GET', path)).body.message).toBe('ok');
    }
  });

  it('let nobody in without a certificate of this run', async () => {
    const asked = request({
      host: '127.0.0.1',
      port: api.port,
      path: '/version',
      agent: false,
      ca: sandbox.ground.pki.ca,
    });
    asked.end();
    await expect(once(asked, 'response')).rejects.toThrow();
  });

  it('renew a lock in a few milliseconds, and the other hears of it as fast', async () => {
    let { body: lock } = await api.send('POST', leases, {
      metadata: { name: 'fast' },
      spec: { leaseDurationSeconds: 15 },
    });
    const seen = await other.watch(`${leases}?watch=1&resourceVersion=${lock.metadata.resourceVersion}`);
    const times: number[] = [];
    for (let round = 1; round <= 40; round += 1) {
      const start = performance.now();
      lock = (
        await api.send('PUT', `${leases}/fast`, {
          ...lock,
          spec: { leaseDurationSeconds: 15, leaseTransitions: round },
        })
      ).body;
      while (seen.events.length < round) await wait(1);
      times.push(performance.now() - start);
    }
    seen.close();
    // The quickest: what it takes when nothing else wants the processor.
    expect(Math.min(...times)).toBeLessThan(20);
  });
});
