// Requests through the ways in, folded: how many failed, and how long each client went without an answer.
import { expect, test } from 'vitest';
import type { Observation, Seen } from '../../src/model/observation.ts';
import { seeWays, sumOf, type WaysScene } from '../../src/model/ways.ts';
import type { WayName } from '../../src/model/waysseen.ts';

const begun: Seen = {
  kind: 'ways',
  phase: 'begun',
  stopped: 'kuberm2',
  everyMs: 250,
  reconciler: 'master-count',
  affinity: 'ClientIP',
  ways: [
    { way: 'service', address: '172.18.0.1:443', clients: ['a', 'b'] },
    { way: 'balancer', address: '172.16.155.150:6443', clients: ['a'] },
  ],
  missing: [{ way: 'server', why: 'no kubelet' }],
};

function fold(...seen: readonly [atMs: number, Seen][]): WaysScene | null {
  return seen.reduce<WaysScene | null>((ways, [atMs, one], seq) => {
    const o = { ...one, seq, atMs, errorMs: 0, host: null } as Observation;
    return seeWays(ways, o);
  }, null);
}

const ask = (atMs: number, client: string, ok: boolean, way: WayName = 'service'): [number, Seen] => [
  atMs,
  { kind: 'ask', way, client, ok, tookMs: 3, reason: ok ? null : 'refused' },
];

test('a client that always gets an answer has no gap', () => {
  const ways = fold([0, begun], ask(10, 'a', true), ask(260, 'a', true));
  expect(ways?.clients[0]).toMatchObject({
    asked: 2,
    failed: 0,
    longestGapMs: 0,
    troubledMs: 0,
    failing: false,
  });
});

test('a gap reaches from the last answer before it to the first after it; the longest counts', () => {
  const ways = fold(
    [0, begun],
    ask(0, 'a', true),
    ask(250, 'a', false),
    ask(500, 'a', true),
    ask(750, 'a', false),
    ask(1000, 'a', false),
    ask(1250, 'a', false),
    ask(1500, 'a', true),
    ask(1750, 'a', false),
    ask(2000, 'a', true),
    ask(0, 'b', true),
    ask(250, 'b', true),
  );
  expect(ways?.clients[0]).toMatchObject({ asked: 9, failed: 5, longestGapMs: 1000, troubledMs: 2000 });
  expect(ways && sumOf(ways, 'service')).toEqual({
    way: 'service',
    clients: 2,
    asked: 11,
    failed: 5,
    hit: 1,
    longestGapMs: 1000,
    troubledMs: 2000,
  });
  expect(ways && sumOf(ways, 'server')).toBeNull();
});

test('a gap that goes on is as long as was asked', () => {
  const ways = fold([0, begun], ask(100, 'b', true), ask(350, 'b', false), ask(9_100, 'b', false));
  expect(ways?.clients[1]).toMatchObject({
    failed: 2,
    failing: true,
    longestGapMs: 9_000,
    troubledMs: 9_000,
    lastReason: 'refused',
  });
});

test('who never got an answer has a count and no gap to tell', () => {
  const ways = fold([0, begun], ask(0, 'a', false, 'balancer'), ask(250, 'a', false, 'balancer'));
  expect(ways?.clients[2]).toMatchObject({ asked: 2, failed: 2, longestGapMs: 0, answeredMs: null });
});

test('nothing counts before it begins, after it has ended, or for strangers; a new beginning counts anew', () => {
  const over: Seen = { ...begun, phase: 'ended' } as Seen;
  const ways = fold(
    ask(0, 'a', false),
    [1, begun],
    ask(2, 'a', true),
    ask(3, 'c', false),
    [4, over],
    ask(5, 'a', false),
  );
  expect(ways).toMatchObject({ over: true });
  expect(ways?.clients.map(({ asked, failed }) => [asked, failed])).toEqual([
    [1, 0],
    [0, 0],
    [0, 0],
  ]);
  expect(fold([0, begun], ask(1, 'a', false), [2, begun])?.clients[0]?.asked).toBe(0);
});

test('what failed before the server was stopped is not counted, and a gap begins at the last answer before it', () => {
  const fault = { kind: 'fault', round: 1, component: 'kube-scheduler', fault: 'apiserver' } as const;
  const ways = fold(
    [0, begun],
    ask(0, 'a', false),
    ask(250, 'a', true),
    ask(250, 'b', false),
    [300, { ...fault, phase: 'issued' }],
    ask(500, 'a', false),
    ask(750, 'a', true),
    ask(500, 'b', true),
  );
  expect(ways?.stoppedMs).toBe(300);
  expect(ways?.clients[0]).toMatchObject({ asked: 2, failed: 1, longestGapMs: 500, troubledMs: 500 });
  expect(ways?.clients[1]).toMatchObject({ asked: 1, failed: 0, failing: false });
});
