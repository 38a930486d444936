// What a person agrees to before a lab from elsewhere runs: nothing that it could do is left out.
import { expect, test } from 'vitest';
import { deedsOf } from '../../src/lab/deeds.ts';
import { findLab, labNames } from '../../src/lab/find.ts';
import type { Lab } from '../../src/lab/format.ts';
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

test('the same in the language of the lab', () => {
  expect(deedsOf({ ...smallLab(), language: 'de' })).toEqual([
    'First',
    '  auf dem Leader von kube-scheduler: sudo -n date',
    '  auf jedem Master: uptime',
    'Lose it',
    '  Fehler stop von kube-scheduler, und der Weg zurück',
  ]);
});

test('whether an API server is stopped or killed', () => {
  const asking = (killed: boolean): Lab => {
    const lab = smallLab();
    const ways = { on: 'last', killed, holdSeconds: 8, measure: 'service' } as const;
    return {
      ...lab,
      steps: lab.steps.map((step) => ({ ...step, actions: [{ id: 'ask', title: 'Ask', ways }] })),
    };
  };
  expect(deedsOf(asking(false))[1]).toBe(
    '  stops the API server of the last master for 8 s, and starts it again',
  );
  expect(deedsOf(asking(true))[1]).toBe(
    '  kills the API server of the last master for 8 s, and starts it again',
  );
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
