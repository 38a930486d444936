// Which action of a step has run: of two faults after one another, each by a round that began after it was asked for.
import { expect, it } from 'vitest';
import type { LabAction, LabStep } from '../../src/model/labplan.ts';
import type { Observation } from '../../src/model/observation.ts';
import { emptyScene, seeScene } from '../../src/model/scene.ts';
import { actionState, nothingDone, seeDoing } from '../../src/tui/doing.ts';
import { firstView } from '../../src/tui/view.ts';

const fault = (id: string): LabAction => ({ id, title: id, commands: [], note: null, isFault: true });
const [kill, freeze] = [fault('kill'), fault('freeze')];
const step = { id: 'compare', actions: [kill, freeze] } as unknown as LabStep;

/** A step in which one fault is asked for after the other, while what is told arrives in between. */
function standing() {
  let [scene, doing, seq] = [emptyScene, nothingDone, 0];
  let asked: Readonly<Record<string, number>> = {};
  const shared = { component: 'kube-controller-manager' } as const;
  const say = (o: object) => {
    const whole = { atMs: seq, errorMs: 0, host: null, ...o, seq } as unknown as Observation;
    seq += 1;
    scene = seeScene(scene, whole);
    doing = seeDoing(doing, whole);
  };
  say({ kind: 'step', step: step.id, phase: 'entered' });
  const terms = {
    leaseDurationMs: 15_000,
    renewDeadlineMs: 10_000,
    retryPeriodMs: 2_000,
    releasesOnStop: null,
  };
  return {
    round: (round: number, phase: 'begun' | 'ended') =>
      say({ kind: 'round', round, phase, ...shared, fault: 'stop', from: 'kuberm', terms }),
    refused: () => say({ kind: 'problem', code: 'busy', message: 'It is under way.', tryThis: 'Wait.' }),
    troubled: (of: { host: string | null; code: string }) =>
      say({ kind: 'problem', message: 'No answer in 4 s.', tryThis: 'Look there.', ...of }),
    ask: ({ id }: LabAction) => {
      asked = { ...asked, [`${step.id} ${id}`]: doing.seq };
    },
    states: () =>
      step.actions.map((action) =>
        actionState(action, { step, doing, scene, view: { ...firstView, asked } }),
      ),
  };
}

it('takes the end of an earlier round for no end of the fault that was asked for meanwhile', () => {
  const { round, ask, states } = standing();
  round(1, 'begun');
  ask(kill);
  round(1, 'ended');
  expect(states()).toEqual(['running', 'ready']);
  round(2, 'begun');
  round(2, 'ended');
  expect(states()).toEqual(['done', 'ready']);
  ask(freeze);
  expect(states()).toEqual(['done', 'running']);
});

it('has a fault that was refused ready again, whatever ends after it', () => {
  const { round, ask, refused, states } = standing();
  ask(kill);
  round(1, 'begun');
  ask(freeze);
  refused();
  round(1, 'ended');
  expect(states()).toEqual(['done', 'ready']);
});

it('has a fault under way still when a master falls silent, or canaries do, before it is armed', () => {
  const { ask, troubled, states } = standing();
  ask(kill);
  troubled({ host: 'kuberm2', code: 'api-unreachable' });
  troubled({ host: null, code: 'canaries-left' });
  expect(states()).toEqual(['running', 'ready']);
  troubled({ host: null, code: 'not-steady' });
  expect(states()).toEqual(['ready', 'ready']);
});
