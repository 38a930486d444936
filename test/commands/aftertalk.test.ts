// What stays on the terminal after the lab: above all that a fault left in its middle was put back.
import { expect, test } from 'vitest';
import { sentencesOf } from '../../src/commands/aftertalk.ts';
import type { Observation } from '../../src/model/observation.ts';
import { emptyScene, seeScene } from '../../src/model/scene.ts';
import { handover, stopAtMs, takenAtMs } from '../tui/stream.ts';

function toldAfter(observations: readonly Observation[]): string {
  const scene = observations.reduce(seeScene, emptyScene);
  return sentencesOf({ stage: { scene: () => scene }, file: null }, { finished: false }).join('\n');
}

test('a handover that was measured is told as its result', () => {
  expect(toldAfter(handover())).toMatch(/^kuberm2 took the lock 16\.\d\d s ± /);
});

test('a fault left in its middle: what was put back, once it is', () => {
  const left = handover().filter(({ atMs }) => atMs < takenAtMs || atMs > 97_000);
  const unseen = left.filter((o) => o.atMs < 97_000 || o.kind === 'fault' || o.kind === 'round');
  expect(toldAfter(unseen)).toContain('kube-scheduler on kuberm is put back; no handover was measured.');
  expect(toldAfter(unseen.filter(({ atMs }) => atMs < stopAtMs + 5000))).not.toContain('put back');
});
