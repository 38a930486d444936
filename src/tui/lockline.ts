// The lock in one line: who holds it, when it was last renewed, and how long no standby can take it.
import type { LockScene, Scene } from '../model/scene.ts';
import type { Draw } from './draw.ts';
import { joinFitting, type Line, line, lineWidth, span } from './line.ts';
import { bareHolder } from './meaning.ts';
import { componentInView } from './panes.ts';
import { ageWords } from './wording.ts';
import { texts } from './words/words.ts';

export function lockComponents({
  scene,
  view,
  step,
}: Pick<Draw, 'scene' | 'view' | 'step'>): readonly string[] {
  const inView = componentInView(scene, view, step);
  if (step) return [inView ?? 'kube-scheduler'];
  const known = Object.keys(scene.locks).sort().reverse();
  return known.length > 0 ? known : [inView ?? 'kube-scheduler'];
}

export function lockLine(draw: Draw, component: string, width: number): Line {
  const lock = draw.scene.locks[component];
  if (!lock) return line(` ${texts().lock.lock} `, component, '   ', span(texts().lock.unseen, 'dim'));
  const forms = (['wide', 'middle', 'tight'] as const).map((form) => pieces(draw, lock, component, form));
  const fits = (form: readonly Line[]) => lineWidth(joinFitting(form, 1e4, '  ')) < width;
  const chosen = forms.find(fits) ?? forms.at(-1) ?? [];
  return [...line(' '), ...joinFitting(chosen, width - 1, '  ')];
}

type Form = 'wide' | 'middle' | 'tight';

function pieces({ nowMs, scene }: Draw, lock: LockScene, component: string, form: Form): readonly Line[] {
  const said = texts().lock;
  const { seen } = lock;
  const name = { wide: `${seen.lock.namespace}/${seen.lock.name}`, middle: seen.lock.name };
  const kind = form === 'tight' ? '' : ` (${seen.lock.kind})`;
  const place = form === 'tight' ? seen.lock.name.replace(/^kube-/, '') : name[form];
  const title = line(`${said.lock} `, span(`${place}${kind}`, 'strong'));
  if (seen.change === 'deleted' || seen.record === null) return [title, line(span(said.noRecord, 'warn'))];
  if (seen.record.holder === '') return [title, line(span(said.free, 'warn'))];
  const age = nowMs - lock.changedMs;
  const rest = leaseMs(scene, lock, component) - age;
  const holder = line(`${said.heldBy} `, span(lock.master ?? bareHolder(seen.record.holder), 'leader'));
  const renewed = line(said.renewed(ageWords(age)));
  if (rest <= 0)
    return [title, holder, renewed, line(span(form === 'tight' ? said.freeToTake : said.atNextLook, 'warn'))];
  const safe = form === 'tight' ? said.notFree : said.safe;
  return [title, holder, renewed, line(`${safe} `, span(ageWords(rest), 'strong'))];
}

function leaseMs(scene: Scene, { seen, master }: LockScene, component: string): number {
  const written = seen.record?.leaseDurationSeconds;
  if (written != null) return written * 1000;
  return scene.masters[master ?? '']?.instances[component]?.terms?.leaseDurationMs ?? 15_000;
}
