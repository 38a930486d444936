// Steady state, folded from a stream: what must hold before a fault, the gravest thing first when it does not.
import { describe, expect, it } from 'vitest';
import { unsteady } from '../../src/experiment/steady.ts';
import type { LockRecord } from '../../src/model/lock.ts';
import type { Observation, Seen } from '../../src/model/observation.ts';
import { emptyScene, type Scene, seeScene } from '../../src/model/scene.ts';

const component = 'kube-scheduler';
const terms = {
  leaseDurationMs: 15_000,
  renewDeadlineMs: 10_000,
  retryPeriodMs: 2_000,
  releasesOnStop: false,
};
const nowMs = 10_000;
type Told = readonly [string | null, Seen, number?];

function scene(told: readonly Told[]): Scene {
  return told.reduce((so, [host, seen, atMs = nowMs - 500], seq) => {
    const observation: Observation = { seq, atMs, errorMs: 0, host, ...seen };
    return seeScene(so, observation);
  }, emptyScene);
}

const look = (told: readonly Told[], sinceMs = 0) => unsteady(scene(told), { component, nowMs, sinceMs });
const up = (host: string, state: 'up' | 'lost' = 'up'): Told => [
  host,
  { kind: 'host', state, roundTripMs: 1, detail: null },
];
const instance = (host: string, active = 'active', of: string = component): Told => [
  host,
  {
    kind: 'instance',
    component: of,
    unit: `${of}.service`,
    active,
    sub: '',
    enabled: 'enabled',
    pid: 7,
    argv: [],
    logs: null,
    terms,
    version: null,
  },
];
const api = (host: string, ready = true, version: string | null = 'v1.36.3'): Told => [
  host,
  { kind: 'api', ready, version, detail: ready ? null : 'no etcd' },
];
const clock = (host: string): Told => [host, { kind: 'clock', offsetMs: 0, offsetErrorMs: 0.1 }];
const found = (holder: string, atMs: number, renewals = 0): Told => {
  const record: LockRecord = {
    holder,
    leaseDurationSeconds: 15,
    acquireTime: null,
    renewTime: `2026-11-22T20:00:0${2 * renewals}Z`,
    transitions: 0,
  };
  const name = { kind: 'Lease', namespace: 'kube-system', name: component } as const;
  const resourceVersion = String(7 + renewals);
  return ['a', { kind: 'lock', component, lock: name, change: 'changed', record, resourceVersion }, atMs];
};
/** Found, and seen to be renewed two seconds later. */
const lock = (holder: string, atMs = nowMs - 500): readonly Told[] => [
  found(holder, atMs - 2_000),
  found(holder, atMs, 1),
];
const run: Told = [
  null,
  {
    kind: 'run',
    version: 1,
    tool: 'kha-lab 0.1.0',
    startedAt: '2026-11-22T20:00:00.000000Z',
    what: 'failover',
    target: 'x',
    command: [],
    masters: ['a', 'b'].map((name) => ({ name, address: '' })),
  },
];
const forbidden: Told = [
  'a',
  {
    kind: 'problem',
    code: 'api-forbidden',
    message: 'The API server at a answered 403: leases is forbidden.',
    tryThis: 'Grant what `kha-lab doctor` prints under RBAC to this login.',
  },
];
const master = (name: string): readonly Told[] => [up(name), instance(name), api(name), clock(name)];
const well = [run, ...master('a'), ...master('b')];

describe('unsteady', () => {
  it('says nothing of two masters of which one leads and renews', () => {
    expect(look([...well, ...lock('a_uuid')])).toEqual([]);
  });

  it.each<[string, readonly Told[], RegExp]>([
    ['a master that was lost', [...well, ...lock('a'), up('b', 'lost')], /^b does not answer over SSH/],
    [
      'a unit that does not run',
      [...well, ...lock('a'), instance('b', 'failed')],
      /kube-scheduler\.service on b is failed/,
    ],
    [
      'any unit of a master',
      [...well, ...lock('a'), instance('a', 'inactive', 'etcd')],
      /etcd\.service on a is inactive/,
    ],
    [
      'an API server that is not ready',
      [...well, ...lock('a'), api('a', false)],
      /API server of a is not ready \(no etcd\)/,
    ],
    [
      'a clock not yet measured',
      [run, ...well.filter((one) => one[1].kind !== 'clock'), ...lock('a')],
      /clock of a/,
    ],
    ['no lock', well, /no lock of kube-scheduler was found/],
    [
      'a lock that this login may not see',
      [...well, forbidden],
      /lock of kube-scheduler cannot be seen: The API server at a answered 403: leases .* forbidden$/,
    ],
    ['a lock given back', [...well, ...lock('')], /nobody holds the lock/],
    [
      'a stranger that leads',
      [...well, ...lock('stranger_uuid')],
      /held by stranger_uuid, which is none of these/,
    ],
    ['renewals that stopped', [...well, ...lock('a', nowMs - 6_100)], /^a has not renewed .* for 6\.1 s/],
    [
      'a component not found',
      [...well.filter((one) => one[0] !== 'b'), up('b'), api('b'), clock('b'), ...lock('a')],
      /not found on b/,
    ],
  ])('tells %s, and what to do', (_, told, what) => {
    const [worst] = look(told);
    expect(worst?.what).toMatch(what);
    expect(worst?.tryThis).toMatch(/\w/);
  });

  it('tells what is not so from what nobody said', () => {
    expect(look([...well, ...lock('a'), api('a', false, null)])[0]).toMatchObject({ unreachable: true });
    expect(look([...well, ...lock('a'), up('b', 'lost')])[0]).toMatchObject({ unreachable: true });
    expect(look([...well, ...lock('a'), api('a', false)])[0]).not.toHaveProperty('unreachable');
  });

  it('bears with two late renewals', () => {
    expect(look([...well, ...lock('a', nowMs - 5_900)])).toEqual([]);
  });

  it('takes no record for a renewal that was there already: its holder may be dead', () => {
    expect(look([...well, found('a', nowMs - 500)])[0]?.what).toMatch(/^a has not renewed .* for 0\.5 s/);
  });

  it('asks after a fault for a renewal since, not for one before', () => {
    expect(look([...well, ...lock('a', nowMs - 500)], nowMs - 400)[0]?.what).toMatch(/^a has not renewed/);
    expect(look([...well, ...lock('a', nowMs - 500)], nowMs - 600)).toEqual([]);
  });

  it('names what hides the lock, not the last thing that this login may not see', () => {
    const other: Told = [
      'a',
      {
        kind: 'problem',
        code: 'api-forbidden',
        message:
          'The API server at a answered 403: /api/v1/namespaces/default/endpoints/kubernetes is forbidden.',
        tryThis: 'Grant it.',
      },
    ];
    expect(look([...well, forbidden, other])[0]?.what).toMatch(/leases is forbidden$/);
  });
});
