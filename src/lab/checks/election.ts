// Checks of the election: who holds the lock, who stands by, whether a lock has moved.
import * as z from 'zod';
import { listed, meant, who } from '../who.ts';
import { baseline, type CheckView, common, component, since, type Verdict } from './check.ts';

export const oneHolder = z.strictObject({ ...common, is: z.literal('one-holder'), component });
export const standsBy = z.strictObject({
  ...common,
  is: z.literal('standby'),
  component,
  on: who.default('standby'),
});
export const lockUnmoved = z.strictObject({ ...common, is: z.literal('lock-unmoved'), component, since });

/** Every instance runs and exactly one of the masters holds the lock. */
export function judgeOneHolder(check: z.infer<typeof oneHolder>, view: CheckView): Verdict {
  const { scene } = view.story;
  const lock = scene.locks[check.component];
  const running = view.masters.filter(
    (name) => scene.masters[name]?.instances[check.component]?.active === 'active',
  );
  if (!lock?.master) {
    const holder = lock?.seen.record?.holder;
    return {
      ok: false,
      waiting: !lock || underWay(view),
      detail: holder ? `the lock is held by ${holder}, none of these masters` : 'nobody holds the lock',
      tryThis: `See that ${check.component} runs on a master with --leader-elect=true.`,
    };
  }
  if (running.length < view.masters.length) {
    const idle = view.masters.filter((name) => !running.includes(name));
    return {
      ok: false,
      waiting: underWay(view) || idle.some((name) => !scene.masters[name]?.instances[check.component]),
      detail: `${lock.master} holds the lock, but ${check.component} does not run on ${listed(idle)}`,
      tryThis: `Start ${check.component} on ${listed(idle)}: without a standby nobody can take over.`,
    };
  }
  return { ok: true, detail: `${running.length} run, one holds the lock: ${lock.master}` };
}

/** Runs, and does not hold the lock that another one holds. */
export function judgeStandsBy(check: z.infer<typeof standsBy>, view: CheckView): Verdict {
  const names = meant(check.on, check.component, view);
  const holder = view.story.scene.locks[check.component]?.master;
  if (!holder || names.length === 0)
    return { ok: false, waiting: true, detail: 'it is not known yet who leads' };
  for (const name of names) {
    const state = view.story.scene.masters[name]?.instances[check.component]?.active;
    if (name === holder) return { ok: false, waiting: underWay(view), detail: `${name} leads` };
    if (state !== 'active') {
      return {
        ok: false,
        waiting: underWay(view) || state === undefined,
        detail: `${check.component} on ${name}: ${state ?? 'not seen yet'}`,
        tryThis: `Start ${check.component} on ${name}.`,
      };
    }
  }
  return { ok: true, detail: `${listed(names)} run${names.length === 1 ? 's' : ''}, ${holder} leads` };
}

/** Held by the same master, and renewed since: a lock that nobody touched proves nothing. */
export function judgeLockUnmoved(check: z.infer<typeof lockUnmoved>, view: CheckView): Verdict {
  // What moved this very lock is no fault of a neighbour's.
  if (check.since === 'fault' && view.story.round?.begun.component === check.component)
    return { ok: false, waiting: true, detail: 'no fault of another component yet' };
  const before = baseline(check.since, view)?.scene.locks[check.component];
  const now = view.story.scene.locks[check.component];
  if (!now) return { ok: false, waiting: true, detail: 'the lock was not seen yet' };
  if (check.since !== 'start' && !before)
    return { ok: false, waiting: true, detail: 'the lock was not seen before' };
  const moved = now.moves - (before?.moves ?? 0);
  const holder = now.seen.record?.holder || 'nobody';
  if (moved > 0) return { ok: false, detail: `it moved: now held by ${holder}` };
  if (before && now.changedMs <= before.changedMs) {
    return {
      ok: false,
      waiting: true,
      detail: 'not renewed since then',
      tryThis: 'A leader renews about every 2 s: wait for one.',
    };
  }
  return { ok: true, detail: `${now.master ?? holder} still holds it` };
}

/** While a fault is on, or its way back, a missing instance is what was asked for. */
function underWay({ story }: CheckView): boolean {
  return story.round !== null && !story.round.restored;
}
