// The strip while clients ask through the ways in: which API server is gone, or that none was stopped.
import { expect, test } from 'vitest';
import type { Observation, Seen } from '../../src/model/observation.ts';
import { handover } from './stream.ts';
import { composedText } from './subject.ts';

const begun: Seen = {
  ...{ kind: 'ways', phase: 'begun', stopped: 'kuberm2', everyMs: 250, reconciler: null, affinity: null },
  ways: [{ way: 'balancer', address: '172.16.155.150:6443', clients: ['node'] }],
  missing: [],
};
const fault = { kind: 'fault', round: 1, component: 'kube-scheduler', fault: 'apiserver' } as const;
const ask = (ok: boolean): Seen => ({
  kind: 'ask',
  way: 'balancer',
  client: 'node',
  ok,
  tookMs: 1,
  reason: null,
});

function strip(...seen: readonly Seen[]): string {
  const before = handover().filter(({ atMs }) => atMs < 10_000);
  const then = seen.map((one, at) => {
    const stamp = { seq: before.length + at, atMs: 10_000 + 250 * at, errorMs: 0, host: null };
    return { ...one, ...stamp } as Observation;
  });
  return composedText({ atMs: 14_000, observations: [...before, ...then] });
}

test('asking, stopped, put back: in words, and what failed before the stop is not counted', () => {
  expect(strip(begun, ask(true))).toContain('Asking; the API server of kuberm2 is about to be stopped');
  const down = [begun, ask(false), { ...fault, phase: 'issued' }, ask(true), ask(false)] as const;
  expect(strip(...down)).toMatch(
    /API server of kuberm2 stopped at .*✗ load balancer 1 of 2 requests failed/s,
  );
  const over = { ...begun, phase: 'ended' } as Seen;
  expect(strip(...down, ask(true), over)).toMatch(
    /✓ the API server of kuberm2 is put back.*1 of 3 requests/s,
  );
});

test('where it never came to the stop, nothing is said to be put back', () => {
  const text = strip(begun, ask(false), { ...begun, phase: 'ended' } as Seen);
  expect(text).toContain('✗ the API server of kuberm2 was not stopped');
  expect(text).not.toContain('is put back');
});
