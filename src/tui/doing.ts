// The small fold that tells which actions of a step have run: commands and faults since the step was entered.
import type { LabAction, LabStep } from '../model/labplan.ts';
import type { Observation, Problem, Stamp } from '../model/observation.ts';
import type { Scene } from '../model/scene.ts';
import type { View } from './view.ts';

export interface Doing {
  readonly seq: number;
  /** When the step was entered, on the run's clock; and the observation that said so. */
  readonly enteredMs: number;
  readonly enteredSeq: number;
  /** By `host text`: when a command last ran since the step was entered. */
  readonly ran: Readonly<Record<string, number>>;
  /** The newest that may have ended an action. */
  readonly problem: number;
  /** When the newest round began. */
  readonly began: number;
  /** When the round began that last came to its end, way back included: who asked after that did not ask for it. */
  readonly overBegan: number;
}

export const nothingDone: Doing = {
  ...{ seq: -1, enteredMs: 0, enteredSeq: -1 },
  ...{ ran: {}, problem: -1, began: -1, overBegan: -1 },
};

export function seeDoing(doing: Doing, o: Observation): Doing {
  const seen = { ...doing, seq: o.seq };
  if (o.kind === 'step' && o.phase === 'entered')
    return { ...nothingDone, seq: o.seq, enteredMs: o.atMs, enteredSeq: o.seq, began: doing.began };
  if (o.kind === 'command' && o.phase === 'ran')
    return { ...seen, ran: { ...doing.ran, [`${o.host} ${o.text}`]: o.seq } };
  if (o.kind === 'problem' && endsAction(o)) return { ...seen, problem: o.seq };
  if (o.kind === 'round' && o.phase === 'begun') return { ...seen, began: o.seq };
  if (o.kind === 'fault' && o.phase === 'disarmed') return { ...seen, overBegan: doing.began };
  if (o.kind === 'round' && o.phase === 'ended') return { ...seen, overBegan: doing.began };
  return seen;
}

/** What is seen of a master, or told of canaries, leaves an action under way; what a lab says by itself is why it ended. */
function endsAction({ host, code }: Stamp & Problem): boolean {
  return host === null && !besides.includes(code);
}

const besides: readonly string[] = ['no-canaries', 'canaries-unseen', 'canaries-left', 'standby-unseen'];

export type ActionState = 'ready' | 'running' | 'done';

/** Whether an action has yet to run, runs, or has run since the step was entered. */
export function actionState(
  action: LabAction,
  { step, doing, view, scene }: { step: LabStep; doing: Doing; view: View; scene: Scene },
): ActionState {
  const everAsked = view.asked[`${step.id} ${action.id}`] ?? -1;
  // What was asked for on an earlier visit has long been answered.
  const asked = everAsked >= doing.enteredSeq ? everAsked : -1;
  const runs = action.commands.map(({ host, text }) => doing.ran[`${host} ${text}`] ?? -1);
  const over = action.isFault && asked >= 0 && doing.overBegan > asked;
  const ranAll = runs.length > 0 && runs.every((seq) => seq > asked);
  if (over) return 'done';
  if (action.isFault && scene.fault !== null && (everAsked >= 0 || ranAll)) return 'running';
  if (ranAll) return 'done';
  if (asked >= 0) return doing.problem > asked ? 'ready' : 'running';
  return 'ready';
}
