// Canaries around a round: what they tell, and what becomes of a round that may not have them.
import { describe, expect, it } from 'vitest';
import type { ApiServer } from '../../src/cluster/apiserver.ts';
import type { NamespaceNote } from '../../src/experiment/canarynote.ts';
import { withCanaries } from '../../src/experiment/outage.ts';
import type { CanaryPlan, Sighting } from '../../src/model/observation.ts';
import { type FakeApi, fakeApi } from './fakeapi.ts';

const clock = () => performance.now();

async function around(
  api: ApiServer,
  options: {
    everyMs?: number | null;
    component?: 'kube-scheduler' | 'kube-controller-manager';
    note?: NamespaceNote;
  } = {},
  work: (plan: CanaryPlan, told: readonly Sighting[]) => Promise<void> = async () => {},
) {
  const told: Sighting[] = [];
  const hurry = new AbortController();
  hurry.abort();
  let plan: CanaryPlan | null = null;
  await withCanaries(
    {
      observe: (sighting) => told.push(sighting),
      clock,
      apis: [api],
      component: options.component ?? 'kube-scheduler',
      everyMs: options.everyMs === undefined ? 100 : options.everyMs,
      leader: 'a',
      namespace: 'kha-lab-test',
      note: options.note ?? null,
      hurry: hurry.signal,
    },
    async (given) => {
      plan = given;
      await work(given, told);
    },
  );
  const problems = told.flatMap(({ seen }) => (seen.kind === 'problem' ? [seen] : []));
  return { plan: plan as CanaryPlan | null, told, problems };
}

const seenOf = (told: readonly Sighting[], phase: string) =>
  told.flatMap(({ seen, ...at }) =>
    seen.kind === 'canary' && seen.phase === phase ? [{ ...seen, ...at }] : [],
  );

async function untilSeen(api: FakeApi, told: readonly Sighting[], phase: string) {
  while (seenOf(told, phase).length < 3) await api.something();
}

describe('canaries', () => {
  it.each([
    ['kube-scheduler', 'unschedulable'],
    ['kube-controller-manager', 'replicated'],
  ] as const)(
    'of %s are told made and done, each within its error, and taken away',
    async (component, phase) => {
      const api = fakeApi();
      const { plan, told, problems } = await around(api.server, { component }, (_plan, sofar) =>
        untilSeen(api, sofar, phase),
      );
      expect(plan).toEqual({ everyMs: 100, namespace: 'kha-lab-test' });
      expect(problems).toEqual([]);
      for (const done of seenOf(told, phase)) {
        expect(done).toMatchObject({ component, name: expect.stringMatching(/^kha-lab-test\/canary-\d+$/) });
        const trueMs = api.doneMs(done.name);
        expect(Math.abs(done.atMs - trueMs)).toBeLessThanOrEqual(done.errorMs);
      }
      for (const made of seenOf(told, 'created'))
        expect(Math.abs(made.atMs - api.madeMs(made.name))).toBeLessThanOrEqual(made.errorMs);
      expect(api.left()).toEqual([]);
      // Whoever empties a namespace may be stopped: the objects go first, and controllers before the pods they would make.
      expect(api.deleted.map((path) => path.split('?')[0]?.split('/').at(-1))).toEqual([
        'replicationcontrollers',
        'pods',
        'kha-lab-test',
      ]);
    },
  );

  it('that are forbidden leave the round to be done, and are told with what to do', async () => {
    const api = fakeApi({ forbidden: '/replicationcontrollers' });
    let done = false;
    const { plan, problems } = await around(
      api.server,
      { component: 'kube-controller-manager' },
      async () => {
        done = true;
      },
    );
    expect(done).toBe(true);
    expect(plan).toEqual({
      missing: expect.stringMatching(/^no canaries could be made: .* answered 403: not yours$/),
    });
    expect(problems).toEqual([
      expect.objectContaining({ code: 'no-canaries', tryThis: expect.stringContaining('kha-lab doctor') }),
    ]);
    expect(api.left()).toEqual([]);
  });

  it('that nobody wants are not made', async () => {
    const api = fakeApi();
    const { plan, told } = await around(api.server, { everyMs: null });
    expect(plan).toEqual({ missing: 'no canaries were wanted (--no-canary)' });
    expect([told, api.asked]).toEqual([[], []]);
  });

  it('that cannot be taken away are told, with the namespace that is left', async () => {
    const api = fakeApi({ keepsNamespaces: true });
    const { problems } = await around(api.server);
    expect(problems).toEqual([
      expect.objectContaining({
        code: 'canaries-left',
        message: expect.stringContaining('kha-lab-test is marked for deletion, but not gone yet'),
        tryThis: expect.stringContaining('kubectl delete namespace kha-lab-test'),
      }),
    ]);
  });

  it('are noted before anything is made, until they are gone', async () => {
    const api = fakeApi();
    const steps: string[] = [];
    const tell = (what: string) => () => void steps.push(`${what}, ${api.asked.length} asked`);
    const note = { write: tell('written'), clear: tell('cleared'), giveUp: tell('given up') };
    await around(api.server, { note }, (_plan, sofar) => untilSeen(api, sofar, 'unschedulable'));
    expect(steps).toEqual(['written, 0 asked', `cleared, ${api.asked.length} asked`]);
    expect(api.left()).toEqual([]);
  });

  it('are not made where they cannot be noted', async () => {
    const api = fakeApi();
    const write = () => {
      throw new Error('the disk is full');
    };
    const note = { write, clear: () => {}, giveUp: () => {} };
    await expect(around(api.server, { note })).rejects.toThrow('the disk is full');
    expect(api.asked).toEqual([]);
  });

  it('are taken away when the round throws', async () => {
    const api = fakeApi();
    await expect(
      around(api.server, {}, async () => {
        throw new TypeError('a bug');
      }),
    ).rejects.toThrow('a bug');
    expect(api.left()).toEqual([]);
  });
});
