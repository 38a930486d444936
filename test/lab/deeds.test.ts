// What a person agrees to before a lab from elsewhere runs: nothing that it could do is left out.
import { expect, test } from 'vitest';
import { deedsOf } from '../../src/lab/deeds.ts';
import { findLab, labNames } from '../../src/lab/find.ts';
import { readLab } from '../../src/lab/read.ts';
import { smallLab } from './smalllab.ts';

test('each command with where it runs, each fault', () => {
  expect(deedsOf(smallLab())).toEqual([
    'First',
    '  on leader of kube-scheduler: sudo -n date',
    '  on each master: uptime',
    'Lose it',
    '  fault stop of kube-scheduler, and its way back',
  ]);
});

test('every action of the labs of the package, whatever kind it is of', async () => {
  for (const name of await labNames()) {
    const lab = await readLab(await findLab(name));
    for (const step of lab.steps)
      for (const action of step.actions) {
        const alone = { ...lab, steps: [{ ...step, actions: [action], solve: [] }] };
        expect(deedsOf(alone), `${name}/${step.id}: ${action.id}`).toHaveLength(2);
      }
  }
});
