// Where the person stands: what the key table asks to know which keys work now.
import type { LabAction, LabPlan, LabStep } from '../model/labplan.ts';
import type { Scene } from '../model/scene.ts';
import { commandsListed } from './commandlist.ts';
import { actionState, type Doing } from './doing.ts';
import { logPanes } from './panes.ts';
import { problemShown } from './problemshown.ts';
import type { Detail, Panel, View } from './view.ts';
import { texts } from './words/words.ts';

export interface Primary {
  readonly does: 'choose' | 'goto' | 'copy' | 'guess' | 'run' | 'next' | 'leave';
  readonly words: string;
}

export interface Situation {
  readonly panel: Panel | null;
  readonly choosing: boolean;
  readonly hasLab: boolean;
  /** What enter does now; null: nothing. */
  readonly primary: Primary | null;
  /** The action that enter or `r` runs. */
  readonly action: LabAction | null;
  readonly canRunAgain: boolean;
  readonly canGuess: boolean;
  readonly canCopy: boolean;
  readonly canNext: boolean;
  readonly canBack: boolean;
  readonly canRedo: boolean;
  readonly moreHints: boolean;
  readonly logsShown: boolean;
  readonly panes: number;
  readonly paused: boolean;
  readonly zoomed: boolean;
  readonly otherComponent: boolean;
  readonly nextDetail: Detail;
  readonly playback: boolean;
  readonly faultOn: boolean;
  readonly closable: boolean;
  /** Labels must be short. */
  readonly narrow: boolean;
}

export interface Looked {
  readonly scene: Scene;
  readonly plan: LabPlan | null;
  readonly view: View;
  readonly doing: Doing;
  readonly playback: boolean;
  readonly columns: number;
}

export function stepOf({ scene, plan }: Pick<Looked, 'scene' | 'plan'>): LabStep | null {
  return plan?.steps.find(({ id }) => id === scene.step) ?? plan?.steps[0] ?? null;
}

export function situationOf(looked: Looked): Situation {
  const { scene, plan, view, playback } = looked;
  const step = stepOf(looked);
  const at = step && plan ? plan.steps.indexOf(step) : -1;
  const states = step ? step.actions.map((action) => actionState(action, { ...looked, step })) : [];
  const running = states.includes('running');
  const ready = step?.actions[states.indexOf('ready')] ?? null;
  const checked = step?.checks.every(({ id }) => scene.checks[id]?.ok === true) === true;
  const guessed = step !== null && scene.guesses[step.id] !== undefined;
  // In a lab that is over nothing is left to go on to; a replay goes where its run went.
  const canGo = plan !== null && (playback || scene.ended === null);
  const canGoOn = canGo && at < plan.steps.length - 1;
  const canRun = !playback && !running && scene.ended === null;
  // One without commands is not ready: it waits for a leader, or for a check before it.
  const action = canRun && ready !== null && ready.commands.length > 0 ? ready : null;
  const mustGuess = action?.isFault === true && step?.guess != null && !guessed;
  const faultOn = scene.fault !== null;
  // Whoever made a fault would miss what comes of it.
  const making = step?.actions.some(({ isFault }, index) => isFault && states[index] === 'running') === true;
  const canNext = canGoOn && (playback || checked || !making);
  const panes = logPanes(scene, view, step);
  const logsShown = panes.length > 0 && (view.panel === null || view.panel === 'logs');
  const situation = {
    panel: view.panel,
    choosing: view.choosing !== null,
    hasLab: plan !== null,
    action,
    canRunAgain: canRun && ready === null && states.length > 0,
    canGuess: !playback && step?.guess != null && !guessed && !faultOn,
    canCopy: view.panel === 'commands' && commandsListed(scene, step).length > 0,
    canNext,
    canBack: canGo && at > 0,
    canRedo: step !== null && !playback && !running && !faultOn && scene.ended === null,
    moreHints: step !== null && (view.hints[step.id] ?? 0) < step.hints.length,
    logsShown,
    panes: panes.length,
    paused: panes[Math.max(0, view.focus - 1)]?.held !== undefined,
    zoomed: view.zoomed,
    otherComponent: step === null,
    nextDetail: nextDetail(view.detail),
    playback,
    faultOn,
    closable: closable(view, scene),
    narrow: looked.columns < 100,
  };
  return {
    ...situation,
    primary: primary({
      ...situation,
      ...{ mustGuess, checked, ended: scene.ended !== null, last: step !== null && !canGoOn },
    }),
  };
}

export function nextDetail(detail: Detail): Detail {
  return detail === 'election' ? 'all' : detail === 'all' ? 'raw' : 'election';
}

function closable(view: View, scene: Scene): boolean {
  return (
    view.panel !== null ||
    view.choosing !== null ||
    view.zoomed ||
    view.filter !== '' ||
    problemShown(scene, view) !== undefined
  );
}

function primary(
  s: Omit<Situation, 'primary'> & { mustGuess: boolean; checked: boolean; ended: boolean; last: boolean },
): Primary | null {
  const { enter } = texts();
  if (s.choosing) return { does: 'choose', words: enter.choose };
  if (s.panel === 'steps') return { does: 'goto', words: enter.goto };
  if (s.canCopy) return { does: 'copy', words: enter.copy };
  if (s.panel !== null) return null;
  if (s.mustGuess) return { does: 'guess', words: enter.guess };
  if (s.action !== null) return { does: 'run', words: enter.run };
  if (s.ended && !s.playback) return { does: 'leave', words: enter.leave };
  if (s.checked && s.canNext && !s.faultOn) return { does: 'next', words: enter.next };
  if (s.checked && s.last && !s.faultOn && !s.playback) return { does: 'leave', words: enter.finish };
  return null;
}
