// Of several lock objects of one component only the living one counts: an upgrade leaves the old kind behind.
import { expect, it } from 'vitest';
import type { ApiServer } from '../../src/cluster/apiserver.ts';
import { type LockView, watchLock } from '../../src/cluster/locks.ts';
import { leaderAnnotation } from '../../src/model/lock.ts';

interface Kept {
  readonly lease?: { holder: string; renewed: string };
  readonly endpoints?: { holder: string; renewed: string };
}

/** An API server that has these, refuses ConfigMaps, and whose watches say nothing. */
function apiWith({ lease, endpoints }: Kept): ApiServer {
  const metadata = { name: 'kube-scheduler', resourceVersion: '7' };
  const leases = lease
    ? [{ metadata, spec: { holderIdentity: lease.holder, renewTime: lease.renewed } }]
    : [];
  const written = endpoints && { holderIdentity: endpoints.holder, renewTime: endpoints.renewed };
  const annotated = written
    ? [{ metadata: { ...metadata, annotations: { [leaderAnnotation]: JSON.stringify(written) } } }]
    : [];
  return {
    master: 'a',
    address: 'https://a:6443',
    async send(_method, path) {
      if (path.includes('/configmaps')) return { status: 403, body: { message: 'forbidden' } };
      const items = path.includes('/leases') ? leases : annotated;
      return { status: 200, body: { metadata: { resourceVersion: '7' }, items } };
    },
    async *watch(_path, signal) {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
    },
    through() {
      throw new Error('only one way here');
    },
    close() {},
  };
}

async function seen(kept: Kept, first: number): Promise<readonly LockView[]> {
  const ending = new AbortController();
  const views: LockView[] = [];
  const troubles: unknown[] = [];
  const watching = new Promise<void>((resolve) => {
    const done = watchLock({
      api: apiWith(kept),
      component: 'kube-scheduler',
      clock: () => 0,
      signal: ending.signal,
      onTrouble: (error) => troubles.push(error),
      onLock: (view) => {
        views.push(view);
        if (views.length === first) setImmediate(() => ending.abort());
      },
    });
    done.then(resolve);
  });
  await watching;
  expect(troubles).toEqual([]);
  return views;
}

const at = (second: number) => `2026-11-22T20:00:${String(second).padStart(2, '0')}Z`;

it('is the Endpoints where no Lease is', async () => {
  const views = await seen({ endpoints: { holder: 'a', renewed: at(7) } }, 1);
  expect(views).toMatchObject([{ kind: 'Endpoints', change: 'initial', record: { holder: 'a' } }]);
});

it('is the Lease where a stale annotation was left behind', async () => {
  const views = await seen(
    { lease: { holder: 'b', renewed: at(50) }, endpoints: { holder: 'a', renewed: at(7) } },
    1,
  );
  expect(views).toMatchObject([{ kind: 'Lease', record: { holder: 'b' } }]);
});

it('is the Endpoints where a stale Lease was left behind', async () => {
  const kept = { lease: { holder: 'b', renewed: at(7) }, endpoints: { holder: 'a', renewed: at(50) } };
  expect((await seen(kept, 2)).at(-1)).toMatchObject({ kind: 'Endpoints', record: { holder: 'a' } });
});

it('is the Lease alone where a hybrid lock renews both', async () => {
  const kept = { lease: { holder: 'a', renewed: at(7) }, endpoints: { holder: 'a', renewed: at(7) } };
  expect((await seen(kept, 1)).map(({ kind }) => kind)).toEqual(['Lease']);
});
