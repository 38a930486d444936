// While a fault is on: the master it is done on is named, and what it breaks is no reason for advice.
import { expect, test } from 'vitest';
import type { Observation } from '../../src/model/observation.ts';
import { handover, stopAtMs } from './stream.ts';
import { composedText } from './subject.ts';

test('a fault is told on the master it is done on, which need not be the leader’s', () => {
  const elsewhere = handover().map((o) =>
    o.kind === 'fault' ? { ...o, fault: 'etcd', host: 'kuberm2' } : o,
  );
  const on = composedText({ atMs: stopAtMs + 8300, observations: elsewhere });
  expect(on).toMatch(/ on kuberm2 at 50:29/);
  expect(on).toContain('kuberm2 comes back by itself');
  expect(composedText({ atMs: 104_000, observations: elsewhere })).toContain('✓ kuberm2 is put back');
});

test('a check that a fault of ours breaks gives no advice until all is put back', () => {
  const broken = (atMs: number): Observation => ({
    ...{
      kind: 'check',
      id: 'leads',
      title: 'kuberm leads',
      ok: false,
      step: 'stop',
      command: null,
      tookMs: 0,
    },
    ...{
      detail: 'not ready on kuberm',
      tryThis: 'Look at its log.',
      seq: 99_999,
      atMs,
      errorMs: 0,
      host: null,
    },
  });
  const at = (atMs: number) => {
    const seen = [...handover(), broken(atMs - 10)].sort((a, b) => a.atMs - b.atMs);
    return composedText({ atMs, observations: seen, rows: 40 });
  };
  expect(at(stopAtMs + 5000)).toContain('✗ kuberm leads');
  expect(at(stopAtMs + 5000)).not.toContain('not ready on kuberm');
  expect(at(104_000)).toMatch(/not ready on kuberm\n.*try this: Look at its log\./);
});
