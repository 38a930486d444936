// What answers where an API server should: garbage is trouble that is told, never the end of the run.
import { expect, test } from 'vitest';
import type { ApiServer } from '../../src/cluster/apiserver.ts';
import { startCanaries } from '../../src/cluster/canaries.ts';
import { keepInView } from '../../src/cluster/keep.ts';
import { checkCluster } from '../../src/experiment/checks/cluster.ts';
import { exits, KhaError } from '../../src/model/failure.ts';

const clock = () => performance.now();

function api(more: Partial<ApiServer>): ApiServer {
  return {
    master: 'a',
    address: 'https://a:6443',
    send: async () => ({ status: 200, body: '<html>' }),
    async *watch() {},
    through: () => api(more),
    close() {},
    ...more,
  };
}

test('a page instead of a list is told as trouble', async () => {
  const ending = new AbortController();
  const told = await new Promise<KhaError | null>((resolve) => {
    keepInView({ api: api({}), path: '/x', clock, signal: ending.signal, onObject() {}, onTrouble: resolve });
  });
  ending.abort();
  expect(told?.code).toBe('no-api');
});

test('canaries whose view breaks end nothing but themselves', async () => {
  const broken = api({
    send: async (method) => {
      if (method === 'GET') throw new TypeError('a bug');
      return { status: 200, body: {} };
    },
  });
  const canaries = await startCanaries({
    api: broken,
    component: 'kube-scheduler',
    namespace: 'n',
    everyMs: 200,
    clock,
    hurry: new AbortController().signal,
    onCanary() {},
    onTrouble() {},
  });
  // An unhandled rejection would fail this file.
  await new Promise((resolve) => setImmediate(resolve));
  await expect(canaries.stop()).rejects.toThrow('a bug');
});

const masters = [{ name: 'a' }];

function lists(answers: Readonly<Record<string, unknown>>): ApiServer {
  return api({
    async send(_method, path) {
      const [key = ''] = Object.keys(answers).filter((one) => path.includes(one));
      const given = answers[key];
      if (given === 403) return { status: 403, body: { message: 'not yours' } };
      const body = given ?? { metadata: { resourceVersion: '1' }, items: [] };
      return { status: 200, body };
    },
    async *watch(_path, signal) {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
    },
  });
}

test('an API server out of reach is exit 4, not a failed check', async () => {
  const gone = api({
    async send() {
      throw new KhaError({
        code: 'api-unreachable',
        exit: exits.unreachable,
        message: 'No.',
        tryThis: 'Look.',
      });
    },
  });
  const { checks } = await checkCluster([gone], masters, clock);
  expect(checks[0]).toMatchObject({ ok: false, unreachable: true });
});

test('an object that an upgrade left behind is not taken for a renewal', async () => {
  const renewTime = '2026-11-22T20:00:00Z';
  const holderIdentity = 'a';
  const lease = {
    metadata: { name: 'kube-scheduler', resourceVersion: '5' },
    spec: { holderIdentity, renewTime: '2020-01-01T00:00:00.000000Z' },
  };
  const record = JSON.stringify({ holderIdentity, renewTime });
  const endpoints = {
    metadata: {
      name: 'kube-scheduler',
      resourceVersion: '9',
      annotations: { 'control-plane.alpha.kubernetes.io/leader': record },
    },
  };
  const one = (item: unknown) => ({ metadata: { resourceVersion: '9' }, items: [item] });
  const { checks } = await checkCluster(
    [lists({ 'leases?': one(lease), 'kube-system/endpoints?': one(endpoints) })],
    masters,
    clock,
  );
  const check = checks.find(({ id }) => id === 'lock-kube-scheduler');
  expect(check).toMatchObject({ ok: false, detail: expect.stringContaining('did not renew') });
});

test('a lock that may not be looked at is not called missing', async () => {
  const { checks } = await checkCluster(
    [lists({ 'leases?': 403, 'endpoints?': 403, 'configmaps?': 403 })],
    masters,
    clock,
  );
  const check = checks.find(({ id }) => id === 'lock-kube-scheduler');
  expect(check).toMatchObject({ ok: false, detail: expect.stringContaining('403') });
});
