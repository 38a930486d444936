// Panels: opened over the step and its logs, and put away again.
import { commandStops } from './commandlist.ts';
import { problemShown } from './problemshown.ts';
import { type Looked, stepOf } from './situation.ts';
import type { Panel, View } from './view.ts';

/** Opened with the cursor where one looks first; the same key puts it away. */
export function openPanel(standing: Looked, panel: Panel): View {
  const { view, plan } = standing;
  if (view.panel === panel) return { ...view, panel: null, focus: 0 };
  const step = stepOf(standing);
  const cursor = panel === 'steps' && plan && step ? plan.steps.indexOf(step) : 0;
  const stops = commandStops(standing.scene, step);
  const planned = stops.findIndex(({ command }) => Number.isNaN(command.atMs));
  const newest = stops.findLastIndex(({ page }) => page === 0);
  const here = Math.max(0, planned >= 0 ? planned : newest);
  const last = panel === 'commands' ? here : cursor;
  return {
    ...view,
    panel,
    cursor: last,
    sought: '',
    choosing: null,
    focus: panel === 'logs' ? Math.max(1, view.focus) : view.focus,
  };
}

/** Puts away what lies on top: panel, chooser, zoom, filter, the last problem. */
export function closed({ view, scene }: Pick<Looked, 'view' | 'scene'>): View {
  if (view.panel !== null) return { ...view, panel: null, focus: 0 };
  if (view.choosing !== null) return { ...view, choosing: null };
  const problem = problemShown(scene, view);
  if (problem) return { ...view, dismissed: problem.seq };
  if (view.zoomed) return { ...view, zoomed: false };
  return { ...view, filter: '' };
}
