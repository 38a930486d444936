// Which logs stand on screen: one a master, of the component the step or the fault is about, always in the masters' order.
import type { LabStep } from '../model/labplan.ts';
import type { Scene } from '../model/scene.ts';
import { bookKey, type Held, type View } from './view.ts';

export interface Pane {
  readonly master: string;
  readonly component: string;
  readonly key: string;
  readonly held: Held | undefined;
}

/** The component that everything on screen is about now; null where a step has no logs beside it. */
export function componentInView(scene: Scene, view: View, step: LabStep | null): string | null {
  if (scene.fault) return scene.fault.component;
  if (step) return step.logs;
  return view.component ?? Object.keys(scene.locks).sort().at(-1) ?? 'kube-scheduler';
}

export function logPanes(scene: Scene, view: View, step: LabStep | null): readonly Pane[] {
  const shown = componentInView(scene, view, step);
  const component = shown ?? (view.panel === 'logs' ? 'kube-scheduler' : null);
  if (component === null) return [];
  return Object.keys(scene.masters).map((master) => {
    const key = bookKey(master, component);
    return { master, component, key, held: view.held[key] };
  });
}
