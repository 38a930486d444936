// One line a master: how near it is, how far its clock is off, its API server, what its instances do.
import type { MasterScene, Scene } from '../model/scene.ts';
import { fitLine, type Line, line, lineWidth, span } from './line.ts';
import { roleOf, roleSpan } from './roles.ts';
import { ageWords, componentWord, offsetWords } from './wording.ts';
import { texts } from './words/words.ts';

export interface Waiting {
  /** What the first masters are waited for by: `the sandbox, two masters on this machine`. */
  readonly waitingFor: string;
  readonly nowMs: number;
}

export function masterLines(scene: Scene, width: number, { waitingFor, nowMs }: Waiting): readonly Line[] {
  const masters = Object.values(scene.masters);
  if (masters.length === 0)
    return [line(' ', span(texts().masters.waiting(waitingFor, ageWords(nowMs)), 'dim'))];
  const components = componentsOf(scene);
  for (const form of ['wide', 'tight', 'small', 'least'] as const) {
    const rows = table(masters.map((master) => cells(scene, master, components, form)));
    if (rows.every((row) => lineWidth(row) <= width) || form === 'least') return rows;
  }
  return [];
}

/** Scheduler first, then what else was seen. */
function componentsOf(scene: Scene): readonly string[] {
  const seen = Object.values(scene.masters).flatMap(({ instances }) => Object.keys(instances));
  const known = ['kube-scheduler', 'kube-controller-manager'];
  const elected = [...seen, ...Object.keys(scene.locks)].filter((component) => known.includes(component));
  return known.filter((component) => elected.includes(component));
}

type Form = 'wide' | 'tight' | 'small' | 'least';

function cells(scene: Scene, master: MasterScene, components: readonly string[], form: Form) {
  const roles = components.map((component) =>
    line(`${componentWord(component, form !== 'wide')} `, roleSpan(roleOf(scene, master.name, component))),
  );
  const name = line(span(master.name, 'strong'));
  // Who leads matters most; what is well is left out first.
  if (form === 'small') return [name, reach(master), api(master), ...roles];
  const lost = master.host?.state === 'lost' ? [reach(master)] : [];
  if (form === 'least') return [name, ...lost, api(master), ...roles];
  return [name, reach(master), clockCell(master, form), api(master), ...roles];
}

function reach({ host }: MasterScene): Line {
  const { ok, lost, closed, connecting } = texts().masters;
  if (host?.state === 'up')
    return line(
      host.roundTripMs === null ? `ssh ${ok}` : `ssh ${Math.max(1, Math.round(host.roundTripMs))} ms`,
    );
  if (host?.state === 'lost') return line(span(`ssh ✗ ${lost}`, 'bad'));
  if (host?.state === 'closed') return line(span(`ssh ${closed}`, 'dim'));
  return line(span(`ssh ${connecting}`, 'dim'));
}

function clockCell({ clock }: MasterScene, form: Form): Line {
  const word = texts().masters.clock;
  if (!clock) return line(span(`${word} ?`, 'dim'));
  return line(`${form === 'wide' ? `${word} ` : ''}${offsetWords(clock.offsetMs, clock.offsetErrorMs)}`);
}

function api({ api: seen }: MasterScene): Line {
  const { ok, down } = texts().masters;
  if (!seen) return line(span('api ?', 'dim'));
  return seen.ready ? line(`api ${ok}`) : line(span(`api ✗ ${down}`, 'bad'));
}

/** Cells under each other, two columns apart. */
function table(rows: readonly (readonly Line[])[]): readonly Line[] {
  const widths: number[] = [];
  for (const row of rows)
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, lineWidth(cell));
  return rows.map((row) => [
    ...line(' '),
    ...row.flatMap((cell, index) => [
      ...(index < row.length - 1 ? fitLine(cell, widths[index] ?? 0) : cell),
      ...(index < row.length - 1 ? line('  ') : []),
    ]),
  ]);
}
