// One key press: the view after it, and what it asks of the world. Pure.
import type { LabIntent, LabStep } from '../model/labplan.ts';
import { commandStops, commandsListed, commandsText } from './commandlist.ts';
import type { Effect, Outcome, PlaybackMove } from './effect.ts';
import type { KeyPress } from './input.ts';
import { type Command, commandFor } from './keys.ts';
import type { LogBook } from './logbook.ts';
import { lineFilter } from './logfilter.ts';
import { closed, openPanel } from './panels.ts';
import { logPanes } from './panes.ts';
import { scrolled } from './scroll.ts';
import { type Looked, nextDetail, type Situation, situationOf, stepOf } from './situation.ts';
import { isTooSmall } from './toosmall.ts';
import { typed } from './typing.ts';
import type { View } from './view.ts';
import { texts } from './words/words.ts';

export interface Standing extends Looked {
  readonly rows: number;
  readonly nowMs: number;
  readonly book: (key: string) => LogBook;
  /** Rows of a log pane and of the step's text as they are drawn: laid out for this, so only scrolling asks. */
  readonly heights: () => {
    readonly log: number;
    readonly text: number;
    readonly textLines: number;
    readonly textTop: number;
    readonly panelMost: number;
  };
}

export function pressed(standing: Standing, press: KeyPress): Outcome<View> {
  if (press.sort === 'background') return { view: standing.view, effects: [press] };
  const view = { ...standing.view, notice: null };
  if (view.leaving) return whileLeaving(view, press);
  // Nothing is run that is not on the screen.
  if (isTooSmall(standing) && !(press.sort === 'key' && worksUnseen.includes(press.name)))
    return { view, effects: [] };
  if (view.typing !== null) {
    const after = typed(view, press);
    if (after) return { view: after, effects: [] };
  }
  if (press.sort === 'paste') return { view, effects: [] };
  const choice = chosenByDigit(standing, press.name);
  if (choice) return choice;
  const situation = situationOf(standing);
  const command = commandFor(press.name, situation);
  return command ? acted(obey(command, { ...standing, view }, situation), standing) : { view, effects: [] };
}

/** Who goes on has read what went wrong before: it is put away with the first press that does something. */
function acted({ view, effects }: Outcome<View>, { scene }: Standing): Outcome<View> {
  const problem = scene.problems.at(-1);
  if (!problem || !effects.some(({ sort }) => sort === 'intend')) return { view, effects };
  return { view: { ...view, dismissed: Math.max(view.dismissed, problem.seq) }, effects };
}

/** Leaving, to the shell, drawing anew. */
const worksUnseen: readonly string[] = ['ctrl+c', 'ctrl+z', 'ctrl+l', 'q'];

function obey(command: Command, standing: Standing, situation: Situation): Outcome<View> {
  const { view } = standing;
  switch (command) {
    case 'primary':
      return primary(standing, situation);
    case 'again':
      return run(standing, stepOf(standing)?.actions.at(-1)?.id ?? null);
    case 'guess':
      return see({ ...view, choosing: 0 });
    case 'hint': {
      const id = stepOf(standing)?.id ?? '';
      const hints = { ...view.hints, [id]: (view.hints[id] ?? 0) + 1 };
      // A hint stands at the end of the text, and is what the person wants to see.
      return see({ ...view, hints, textTop: { ...view.textTop, [id]: Number.MAX_SAFE_INTEGER }, focus: 0 });
    }
    case 'next':
    case 'back':
    case 'redo':
      return goes(view, { want: command });
    case 'left':
    case 'right':
      return see({ ...view, choosing: moved(standing, command === 'left' ? -1 : 1) });
    case 'filter':
      return see({ ...view, typing: view.filter });
    case 'find':
      return see({ ...view, typing: view.sought });
    case 'detail':
      return see({ ...view, detail: nextDetail(view.detail), held: {} });
    case 'zoom':
      return see({ ...view, zoomed: !view.zoomed });
    case 'pane1':
    case 'pane2':
    case 'pane3':
      return see({ ...view, focus: Math.min(Number(command.at(-1)), situation.panes) });
    case 'otherPane': {
      const first = stepOf(standing) === null || view.panel === 'logs' ? 1 : 0;
      const next = view.focus + 1;
      return see({ ...view, focus: next > situation.panes ? first : next });
    }
    case 'component':
      return see({ ...view, component: otherComponent(standing) });
    case 'help':
    case 'commands':
    case 'logs':
    case 'timeline':
    case 'steps':
      return see(openPanel(standing, command));
    case 'close':
      return see(closed(standing));
    case 'copy':
    case 'copyAll':
      return copied(standing, command === 'copyAll');
    case 'keepAll': {
      const text = commandsText(standing.scene, stepOf(standing));
      return { view, effects: [{ sort: 'keep', text }] };
    }
    case 'quit':
    case 'interrupt':
      return { view, effects: [{ sort: 'leave', how: command }] };
    case 'background':
      return { view, effects: [{ sort: 'background', background: null }] };
    case 'suspend':
    case 'redraw':
      return { view, effects: [{ sort: command }] };
    case 'play':
    case 'faster':
    case 'slower':
    case 'earlier':
    case 'later':
    case 'muchEarlier':
    case 'muchLater':
    case 'tenthEarlier':
    case 'tenthLater':
    case 'nextMark':
    case 'previousMark':
    case 'nextHandover':
    case 'previousHandover': {
      const move: PlaybackMove = command === 'play' ? 'toggle' : command;
      return { view, effects: [{ sort: 'playback', move }] };
    }
    default:
      return see(scroll(command, standing));
  }
}

function see(view: View): Outcome<View> {
  return { view, effects: [] };
}

/** To another step: the arrows are for its text again, and its logs run. */
function goes(view: View, intent: LabIntent): Outcome<View> {
  return { view: { ...view, focus: 0, held: {} }, effects: [{ sort: 'intend', intent }] };
}

function whileLeaving(view: View, press: KeyPress): Outcome<View> {
  const again = press.sort === 'key' && press.name === 'ctrl+c';
  return { view, effects: again ? [{ sort: 'leave', how: 'interrupt' }] : [] };
}

function primary(standing: Standing, situation: Situation): Outcome<View> {
  const { view, plan } = standing;
  const step = stepOf(standing);
  switch (situation.primary?.does) {
    case 'choose':
      return step ? guess(standing, step, view.choosing ?? 0) : see(view);
    case 'copy':
      return copied(standing, false);
    case 'goto': {
      const target = plan?.steps[view.cursor];
      const closing = { ...view, panel: null };
      return target ? goes(closing, { want: 'goto', step: target.id }) : see(closing);
    }
    case 'guess':
      return see({ ...view, choosing: 0 });
    case 'run':
      return run(standing, situation.action?.id ?? null);
    case 'next':
      return goes(view, { want: 'next' });
    case 'leave':
      return { view, effects: [{ sort: 'leave', how: 'quit' }] };
    default:
      return see(view);
  }
}

function run({ view, doing, nowMs, ...looked }: Standing, action: string | null): Outcome<View> {
  const step = stepOf(looked);
  if (action === null || !step) return see(view);
  const key = `${step.id} ${action}`;
  const asked = { ...view.asked, [key]: doing.seq };
  const askedAtMs = { ...view.askedAtMs, [key]: nowMs };
  // What was scrolled to has been read; what comes of the command shall be seen.
  const { [step.id]: _, ...textTop } = view.textTop;
  return {
    view: { ...view, asked, askedAtMs, textTop },
    effects: [{ sort: 'intend', intent: { want: 'act', action } }],
  };
}

function guess({ view }: Standing, step: LabStep, index: number): Outcome<View> {
  const choice = step.guess?.choices[index];
  const effects: Effect[] =
    choice === undefined ? [] : [{ sort: 'intend', intent: { want: 'guess', choice } }];
  return { view: { ...view, choosing: null }, effects };
}

function chosenByDigit(standing: Standing, name: string): Outcome<View> | null {
  const step = stepOf(standing);
  const index = Number(name) - 1;
  if (standing.view.choosing === null || !step?.guess || !(index in step.guess.choices)) return null;
  return guess(standing, step, index);
}

function moved(standing: Standing, by: number): number {
  const count = stepOf(standing)?.guess?.choices.length ?? 1;
  return ((standing.view.choosing ?? 0) + by + count) % count;
}

function otherComponent({ scene, view }: Standing): string {
  const known = [...new Set(['kube-scheduler', 'kube-controller-manager', ...Object.keys(scene.locks)])];
  const at = known.indexOf(view.component ?? 'kube-scheduler');
  return known[(at + 1) % known.length] ?? 'kube-scheduler';
}

function copied({ view, ...looked }: Standing, all: boolean): Outcome<View> {
  const step = stepOf(looked);
  const here = commandStops(looked.scene, step)[view.cursor]?.command;
  const chosen = all ? commandsListed(looked.scene, step) : here ? [here] : [];
  if (chosen.length === 0) return see(view);
  const text = chosen.map((command) => command.text).join('\n');
  const notice = texts().commands.copied(all ? chosen.length : null);
  return { view: { ...view, notice }, effects: [{ sort: 'copy', text }] };
}

function scroll(command: Command, standing: Standing): View {
  const { view, scene } = standing;
  const heights = standing.heights();
  if (view.panel !== null && view.panel !== 'logs')
    return { ...view, cursor: Math.min(heights.panelMost, cursorAfter(command, view.cursor)) };
  const step = stepOf(standing);
  const overText = step !== null && view.focus === 0 && view.panel === null;
  if (overText && !['pause', 'follow'].includes(command)) {
    const most = Math.max(0, heights.textLines - heights.text);
    // All of it is in sight: what is said later finds its own place.
    if (most === 0) return view;
    const from = Math.min(most, heights.textTop);
    // No line is passed over: the marks above and below take one each.
    const top = Math.min(most, cursorAfter(command, from, Math.max(1, heights.text - 2)));
    return { ...view, textTop: { ...view.textTop, [step.id]: top } };
  }
  const pane = logPanes(scene, view, step)[Math.max(0, view.focus - 1)];
  if (!pane) return view;
  const place = {
    book: standing.book(pane.key),
    held: pane.held,
    wanted: lineFilter(view),
    height: heights.log,
  };
  const { [pane.key]: _, ...others } = view.held;
  const held = scrolled(command, place);
  return { ...view, held: held ? { ...others, [pane.key]: held } : others };
}

function cursorAfter(command: Command, cursor: number, page = 10): number {
  const steps: Partial<Record<Command, number>> = {
    up: -1,
    down: 1,
    pageUp: -page,
    pageDown: page,
    top: -1e6,
    bottom: 1e6,
  };
  return Math.max(0, cursor + (steps[command] ?? 0));
}
