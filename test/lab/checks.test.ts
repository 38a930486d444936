// Every check is seen failing and passing, and those for "gone" only after it was there.
import { expect, test } from 'vitest';
import type { CheckView } from '../../src/lab/checks/check.ts';
import { check, judge } from '../../src/lab/checks/vocabulary.ts';
import { listed } from '../../src/lab/who.ts';
import { english } from '../../src/lab/words/english.ts';
import { german } from '../../src/lab/words/german.ts';
import type { LabWords } from '../../src/lab/words/words.ts';
import { emptyStory, seeStory } from '../../src/model/story.ts';
import { FakeWorld, lockPath, masters, request } from './fakeworld.ts';

/** What a check answers after the given has happened. */
function answer(
  written: Record<string, unknown>,
  happens: (world: FakeWorld) => void,
  words: LabWords = english,
) {
  const world = new FakeWorld();
  happens(world);
  const story = world.seen.reduce(seeStory, emptyStory);
  const ended = story.scene.commands.filter(({ phase }) => phase === 'ran');
  const view: CheckView = {
    story,
    masters: masters.map(({ name }) => name),
    ways: story.ways.kuberm2 ?? null,
    rounds: world.rounds(),
    ran: (action) => (action === 'nothing' ? { of: 0, ended: [] } : { of: 2, ended }),
    filled: (text) => text,
    words: words.checks,
    unitWords: words.units,
    listed: (names) => listed(names, words.and),
  };
  return judge(check.parse({ id: 'x', title: 'x', ...written }), view);
}

/** The store was asked and printed that. */
function stored(w: FakeWorld, output: string, code = 0): void {
  w.healthy();
  w.say({ kind: 'command', text: 'etcdctl', why: '', phase: 'ran', code, tookMs: 1, output }, 'kuberm');
}

const scheduler = 'kube-scheduler';
const manager = 'kube-controller-manager';

interface Case {
  readonly check: Record<string, unknown>;
  readonly fails: readonly ((world: FakeWorld) => void)[];
  readonly passes: readonly ((world: FakeWorld) => void)[];
}

const cases: Record<string, Case> = {
  'ssh-up': {
    check: { is: 'ssh-up' },
    fails: [
      () => {},
      (w) => w.say({ kind: 'host', state: 'up', roundTripMs: 1, detail: null }, 'kuberm'),
      (w) => {
        w.healthy();
        w.say({ kind: 'host', state: 'lost', roundTripMs: null, detail: 'timed out' }, 'kuberm2');
      },
    ],
    passes: [(w) => w.healthy()],
  },
  'clock-known': {
    check: { is: 'clock-known', withinMs: 5 },
    fails: [
      () => {},
      (w) => {
        w.healthy();
        w.say({ kind: 'clock', offsetMs: 3, offsetErrorMs: 50 }, 'kuberm');
      },
    ],
    passes: [(w) => w.healthy()],
  },
  'api-ready': {
    check: { is: 'api-ready' },
    fails: [
      () => {},
      (w) => {
        w.healthy();
        w.say({ kind: 'api', ready: false, version: null, detail: 'refused' }, 'kuberm2');
      },
    ],
    passes: [(w) => w.healthy()],
  },
  'endpoints-list-all': {
    check: { is: 'endpoints-list-all' },
    fails: [
      () => {},
      (w) => w.say({ kind: 'endpoints', addresses: ['172.16.155.158:6443'] }),
      (w) => w.say({ kind: 'endpoints', addresses: ['172.16.155.158:6443', '172.16.155.158:6443'] }),
    ],
    passes: [(w) => w.healthy()],
  },
  'endpoints-in-store': {
    check: { is: 'endpoints-in-store', action: 'read' },
    fails: [
      () => {},
      (w) => w.healthy(),
      (w) => stored(w, '172.16.155.158'),
      (w) => stored(w, '172.16.155.158 172.16.155.165', 1),
    ],
    passes: [(w) => stored(w, '/registry/…\n172.16.155.158 172.16.155.165 https TCP')],
  },
  'log-silent': {
    check: {
      is: 'log-silent',
      component: scheduler,
      event: 'lockWrite',
      by: 'standby',
      whileSeen: 'lockRead',
      since: 'start',
    },
    fails: [
      () => {},
      (w) => w.healthy(),
      (w) => [w.healthy(), w.renewals(1)],
      (w) => [w.healthy(), w.renewals(2), w.log('kuberm2', scheduler, request('PUT', lockPath))],
    ],
    passes: [(w) => [w.healthy(), w.renewals(2)]],
  },
  'way-fails': {
    check: { is: 'way-fails', way: 'service' },
    fails: [
      () => {},
      (w) => w.waysBegun('kuberm2'),
      (w) => {
        w.waysBegun('kuberm2');
        w.ask('service', 'container 1', true);
        w.ask('balancer', 'node', false);
      },
      // A slow machine's: nothing has been stopped.
      (w) => {
        w.waysBegun('kuberm2');
        w.ask('service', 'container 1', false);
      },
    ],
    passes: [
      (w) => {
        w.waysBegun('kuberm2');
        w.serverStopped();
        w.ask('service', 'container 1', false);
      },
    ],
  },
  'way-measured': {
    check: { is: 'way-measured', way: 'balancer' },
    fails: [
      () => {},
      (w) => {
        w.waysBegun('kuberm2');
        w.ask('balancer', 'node', true);
      },
      (w) => {
        w.waysBegun('kuberm2');
        w.serverStopped();
        w.ask('balancer', 'node', false);
        w.waysEnded('kuberm2');
      },
      // It never came to the stop: no measurement, though everybody was answered.
      (w) => {
        w.waysBegun('kuberm2');
        w.ask('balancer', 'node', true);
        w.waysEnded('kuberm2');
      },
      (w) => {
        w.waysBegun('kuberm2', [{ way: 'balancer', why: 'there is none' }]);
        w.waysEnded('kuberm2');
      },
      (w) => void w.tryWays({ on: 'kuberm', holdMs: 10, killed: false }),
    ],
    passes: [(w) => void w.tryWays({ on: 'kuberm2', holdMs: 10, killed: false })],
  },
  'pod-runs': {
    check: { is: 'pod-runs', pod: 'hello' },
    fails: [
      () => {},
      (w) => w.pod('hello', 'Pending'),
      (w) => w.pod('hello', 'Running'),
      (w) => ['Pending', 'Running', 'gone'].map((phase) => w.pod('hello', phase)),
      (w) => ['Pending', 'Running'].map((phase) => w.pod('other', phase)),
    ],
    passes: [(w) => ['Pending', 'Running'].map((phase) => w.pod('hello', phase))],
  },
  'pod-gone': {
    check: { is: 'pod-gone', pod: 'hello' },
    fails: [
      () => {},
      (w) => ['Pending', 'Running'].map((phase) => w.pod('hello', phase)),
      (w) => w.pod('hello', 'gone'),
    ],
    passes: [(w) => ['Pending', 'Running', 'gone'].map((phase) => w.pod('hello', phase))],
  },
  'unit-active': {
    check: { is: 'unit-active', component: scheduler },
    fails: [() => {}, (w) => w.instance('kuberm', scheduler), (w) => [w.healthy(), w.handover()]],
    passes: [(w) => w.healthy()],
  },
  'unit-gone': {
    check: { is: 'unit-gone', component: scheduler },
    fails: [
      (w) => w.healthy(),
      (w) => w.instance('kuberm', scheduler, 'inactive'),
      // Never seen running, so its absence proves nothing.
      (w) => w.handover(),
    ],
    passes: [(w) => [w.healthy(), w.handover()], (w) => [w.healthy(), w.handover(), w.putBack()]],
  },
  flag: {
    check: { is: 'flag', component: scheduler, flag: 'leader-elect', equals: 'true', byDefault: 'true' },
    fails: [
      () => {},
      (w) => {
        w.healthy();
        w.instance('kuberm2', scheduler, 'active', ['/opt/bin/kube-scheduler', '--leader-elect=false']);
      },
    ],
    passes: [
      (w) => w.healthy(),
      (w) => {
        w.healthy();
        const argv = ['/opt/bin/kube-scheduler', '--leader_elect=false', '--leader_elect'];
        w.instance('kuberm2', scheduler, 'active', argv);
      },
    ],
  },
  'units-agree': {
    check: { is: 'units-agree' },
    fails: [
      () => {},
      (w) => w.apiserver('kuberm'),
      // The tutorial's own two masters.
      (w) => [w.apiserver('kuberm'), w.apiserver('kuberm2', '--allow-privileged=true')],
      (w) => {
        for (const name of ['kuberm', 'kuberm2']) w.apiserver(name);
        w.instance('kuberm', scheduler);
        w.instance('kuberm2', scheduler, 'active', ['/opt/bin/kube-scheduler', '--leader-elect=false']);
      },
    ],
    passes: [
      (w) => ['kuberm', 'kuberm2'].map((name) => w.apiserver(name)),
      (w) => {
        w.apiserver('kuberm', '--allow-privileged=false', '--v=6');
        w.apiserver('kuberm2', '--allow_privileged=0', '--v=2');
      },
    ],
  },
  'units-agree on one component': {
    check: { is: 'units-agree', component: 'kube-apiserver' },
    fails: [(w) => [w.apiserver('kuberm'), w.apiserver('kuberm2', '--apiserver-count=3')]],
    passes: [
      (w) => {
        for (const name of ['kuberm', 'kuberm2']) w.apiserver(name);
        w.instance('kuberm', scheduler);
        w.instance('kuberm2', scheduler, 'active', ['/opt/bin/kube-scheduler', '--leader-elect=false']);
      },
    ],
  },
  'ports-closed': {
    check: { is: 'ports-closed' },
    fails: [
      () => {},
      (w) => [w.apiserver('kuberm'), w.apiserver('kuberm2', '--etcd-servers=http://172.16.155.158:2379')],
      (w) => {
        w.apiserver('kuberm');
        w.apiserver('kuberm2', '--insecure-port=8080', '--insecure-bind-address=0.0.0.0');
      },
      (w) => {
        for (const name of ['kuberm', 'kuberm2']) w.apiserver(name);
        w.instance('kuberm', 'etcd', 'active', ['/usr/bin/etcd', '--listen-client-urls=http://0.0.0.0:2379']);
      },
    ],
    passes: [
      (w) => {
        for (const name of ['kuberm', 'kuberm2']) w.apiserver(name);
        const urls = '--listen-client-urls=https://172.16.155.158:2379';
        w.instance('kuberm', 'etcd', 'active', ['/usr/bin/etcd', urls, '--client-cert-auth=true']);
      },
    ],
  },
  'one-holder': {
    check: { is: 'one-holder', component: scheduler },
    fails: [
      () => {},
      (w) => [w.healthy(), w.lock(scheduler, '')],
      (w) => [w.healthy(), w.lock(scheduler, 'stranger')],
      (w) => [w.healthy(), w.handover()],
    ],
    passes: [(w) => w.healthy(), (w) => [w.healthy(), w.lock(scheduler, 'kuberm2_5a3d')]],
  },
  standby: {
    check: { is: 'standby', component: scheduler },
    fails: [() => {}, (w) => [w.healthy(), w.instance('kuberm2', scheduler, 'failed')]],
    passes: [(w) => w.healthy()],
  },
  'standby on the old leader': {
    check: { is: 'standby', component: scheduler, on: 'old-leader' },
    fails: [
      (w) => w.healthy(),
      (w) => [w.healthy(), w.handover()],
      (w) => [w.healthy(), w.handover(), w.putBack(), w.lock(scheduler, 'kuberm', 3)],
    ],
    passes: [(w) => [w.healthy(), w.handover(), w.putBack()]],
  },
  'lock-unmoved': {
    check: { is: 'lock-unmoved', component: manager, since: 'fault' },
    fails: [
      (w) => w.healthy(),
      (w) => [w.healthy(), w.handover()],
      (w) => [w.healthy(), w.handover(), w.lock(manager, 'kuberm2')],
      (w) => [w.healthy(), w.handover(), w.lock(manager, 'kuberm2'), w.lock(manager, 'kuberm')],
    ],
    passes: [(w) => [w.healthy(), w.handover(), w.lock(manager, 'kuberm')]],
  },
  'log-event': {
    check: {
      is: 'log-event',
      component: scheduler,
      event: 'renewed',
      by: 'leader',
      atLeast: 2,
      since: 'step',
    },
    fails: [
      (w) => w.renewals(2),
      (w) => [w.healthy(), w.renewals(1)],
      (w) => [
        w.healthy(),
        w.renewals(5),
        w.note({ kind: 'step', step: 'x', phase: 'entered' }),
        w.renewals(1),
      ],
      (w) => [w.healthy(), w.log('kuberm2', scheduler, 'renewed'), w.log('kuberm2', scheduler, 'renewed')],
    ],
    passes: [
      (w) => [w.healthy(), w.renewals(2)],
      (w) => [w.healthy(), w.note({ kind: 'step', step: 'x', phase: 'entered' }), w.renewals(2)],
    ],
  },
  'log-event since the fault': {
    check: { is: 'log-event', component: scheduler, event: ['acquired'], by: 'new-leader', since: 'fault' },
    fails: [
      (w) => w.healthy(),
      (w) => [w.healthy(), w.log('kuberm2', scheduler, 'acquired')],
      (w) => [
        w.healthy(),
        w.log('kuberm2', scheduler, 'acquired'),
        w.handover(),
        w.lock(scheduler, 'kuberm'),
      ],
    ],
    passes: [(w) => [w.healthy(), w.handover()]],
  },
  'event-seen': {
    check: { is: 'event-seen', component: scheduler, contains: 'became', by: 'new-leader', since: 'fault' },
    fails: [
      (w) => w.healthy(),
      (w) => [w.healthy(), w.handover(), w.lock(scheduler, 'kuberm')],
      (w) => {
        const event = { kind: 'event', component: scheduler, object: 'x', time: null } as const;
        w.say({ ...event, message: 'kuberm2 became leader' });
      },
    ],
    passes: [(w) => [w.healthy(), w.handover()]],
  },
  'command-ran': {
    check: { is: 'command-ran', action: 'look', contains: 'kubernetes' },
    fails: [
      () => {},
      (w) => ran(w, 'kubernetes'),
      (w) => [ran(w, 'kubernetes'), ran(w, 'nothing of the kind')],
      (w) => [ran(w, 'kubernetes'), ran(w, 'kubernetes', 1)],
    ],
    passes: [(w) => [ran(w, 'kubernetes'), ran(w, 'the kubernetes service')]],
  },
  'command-ran, whatever its exit': {
    check: { is: 'command-ran', action: 'look', anyExit: true },
    fails: [(w) => ran(w, 'refused', 1)],
    passes: [(w) => [ran(w, 'refused', 1), ran(w, 'refused', 127)]],
  },
  'handover-timed': {
    check: { is: 'handover-timed', component: scheduler },
    fails: [
      (w) => w.healthy(),
      (w) => {
        w.handover();
        w.roundsSoFar = w.roundsSoFar.map((round) => ({ ...round, to: null, handover: null }));
      },
    ],
    passes: [(w) => w.handover()],
  },
  'handover-timed of one fault': {
    check: { is: 'handover-timed', component: scheduler, fault: 'kill' },
    fails: [(w) => w.handover(), (w) => w.handover(1_000, manager, 'kill')],
    passes: [(w) => [w.handover(1_000, scheduler, 'kill'), w.handover()]],
  },
  restored: {
    check: { is: 'restored', component: scheduler },
    fails: [(w) => w.healthy(), (w) => [w.healthy(), w.handover()]],
    passes: [(w) => [w.healthy(), w.handover(), w.putBack()]],
  },
  'record-emptied': {
    check: { is: 'record-emptied', component: scheduler },
    fails: [(w) => w.healthy(), (w) => w.handover(), (w) => [w.handover(), zombie(w, false)]],
    passes: [(w) => [w.handover(), zombie(w, true)]],
  },
};

function zombie(world: FakeWorld, empties: boolean): void {
  const emptied = { atMs: 30_000, errorMs: 1, successor: 'kuberm2', retakenMs: null, retakenBy: null };
  world.roundsSoFar = world.roundsSoFar.map((round) => ({
    ...round,
    fault: 'zombie',
    ...(empties && { emptied }),
  }));
}

test.each(['unit-gone', 'handover-timed', 'restored'])(
  '%s since the step waits for a fault of its own',
  (is) => {
    const done = (w: FakeWorld) => [w.healthy(), w.handover(), w.putBack()];
    const since = { is, component: scheduler, since: 'step' };
    expect(answer(since, done).ok).toBe(true);
    const later = (w: FakeWorld) => [done(w), w.say({ kind: 'step', step: 'later', phase: 'entered' })];
    expect(answer(since, later)).toMatchObject({ ok: false, waiting: true });
    expect(answer({ is, component: scheduler }, later).ok).toBe(true);
  },
);

test('of two faults in one step each is waited for, and those of before do not count', () => {
  const killed = { is: 'handover-timed', component: scheduler, fault: 'kill', since: 'step' };
  const entered = (w: FakeWorld) => w.say({ kind: 'step', step: 'later', phase: 'entered' });
  const kill = (w: FakeWorld) => w.handover(16_000, scheduler, 'kill');
  const freeze = (w: FakeWorld) => w.handover(17_000, scheduler, 'freeze');
  expect(answer(killed, (w) => [kill(w), entered(w)])).toMatchObject({ ok: false, waiting: true });
  expect(answer(killed, (w) => [kill(w), entered(w), freeze(w)]).ok).toBe(false);
  expect(answer(killed, (w) => [entered(w), kill(w), freeze(w)])).toMatchObject({
    ok: true,
    detail: 'kuberm to kuberm2 in 16.0 s',
  });
});

function ran(world: FakeWorld, output: string, code = 0): void {
  world.say({ kind: 'command', text: 'look', why: '', phase: 'ran', code, tookMs: 1, output }, 'kuberm');
}

test.each(Object.entries(cases))('%s fails and passes', (_, { check: written, fails, passes }) => {
  for (const [index, happens] of fails.entries()) {
    const verdict = answer(written, happens);
    expect(verdict, `failing case ${index + 1}: ${happens}`).toMatchObject({ ok: false });
    expect(verdict.detail).not.toBe('');
  }
  for (const [index, happens] of passes.entries()) {
    expect(answer(written, happens), `passing case ${index + 1}: ${happens}`).toMatchObject({ ok: true });
  }
});

/** Of the ways in, which are told in English alone so far. */
const toldInEnglish = ['way-fails', 'way-measured'];

test.each(
  Object.entries(cases).filter(
    ([
      ,
      {
        check: { is },
      },
    ]) => !toldInEnglish.includes(String(is)),
  ),
)('%s says in German what it says in English', (_, { check: written, fails, passes }) => {
  for (const happens of [...fails, ...passes]) {
    const [own, other] = [answer(written, happens), answer(written, happens, german)];
    expect(other).toMatchObject({ ok: own.ok });
    expect(Object.keys(other)).toEqual(Object.keys(own));
    if (own.tryThis !== undefined) expect(other.tryThis).not.toBe(own.tryThis);
  }
});

test('every check of the vocabulary is among them', () => {
  const tried = new Set(Object.values(cases).map(({ check: written }) => written.is));
  const known = check.options.map((option) => option.shape.is.value);
  expect([...tried].sort()).toEqual([...known].sort());
});
