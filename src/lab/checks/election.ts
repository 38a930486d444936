// Checks of the election: who holds the lock, who stands by, whether a lock has moved.
import * as z from 'zod';
import { meant, who } from '../who.ts';
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
  const { words } = view;
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
      detail: holder ? words.lock.stranger(holder) : words.lock.free,
      tryThis: words.lock.tryElect(check.component),
    };
  }
  if (running.length < view.masters.length) {
    const idle = view.masters.filter((name) => !running.includes(name));
    return {
      ok: false,
      waiting: underWay(view) || idle.some((name) => !scene.masters[name]?.instances[check.component]),
      detail: words.lock.idle(lock.master, check.component, view.listed(idle)),
      tryThis: words.lock.startIdle(check.component, view.listed(idle)),
    };
  }
  return { ok: true, detail: words.lock.one(running.length, lock.master) };
}

/** Runs, and does not hold the lock that another one holds. */
export function judgeStandsBy(check: z.infer<typeof standsBy>, view: CheckView): Verdict {
  const { words } = view;
  const names = meant(check.on, check.component, view);
  const holder = view.story.scene.locks[check.component]?.master;
  if (!holder || names.length === 0) return { ok: false, waiting: true, detail: words.lock.unknown };
  for (const name of names) {
    const state = view.story.scene.masters[name]?.instances[check.component]?.active;
    if (name === holder) return { ok: false, waiting: underWay(view), detail: words.lock.leads(name) };
    if (state !== 'active') {
      return {
        ok: false,
        waiting: underWay(view) || state === undefined,
        detail: words.unit.state(check.component, name, state ?? words.notSeen),
        tryThis: words.lock.start(check.component, name),
      };
    }
  }
  return { ok: true, detail: words.lock.standsBy(view.listed(names), names.length > 1, holder) };
}

/** Held by the same master, and renewed since: a lock that nobody touched proves nothing. */
export function judgeLockUnmoved(check: z.infer<typeof lockUnmoved>, view: CheckView): Verdict {
  const words = view.words.lock;
  // What moved this very lock is no fault of a neighbour's.
  if (check.since === 'fault' && view.story.round?.begun.component === check.component)
    return { ok: false, waiting: true, detail: words.noOtherFault };
  const before = baseline(check.since, view)?.scene.locks[check.component];
  const now = view.story.scene.locks[check.component];
  if (!now) return { ok: false, waiting: true, detail: words.unseen };
  if (check.since !== 'start' && !before) return { ok: false, waiting: true, detail: words.unseenBefore };
  const moved = now.moves - (before?.moves ?? 0);
  const holder = now.seen.record?.holder || null;
  if (moved > 0) return { ok: false, detail: words.moved(holder) };
  if (before && now.changedMs <= before.changedMs) {
    return {
      ok: false,
      waiting: true,
      detail: words.notRenewed,
      tryThis: words.waitRenewal,
    };
  }
  return { ok: true, detail: words.still(now.master ?? holder) };
}

/** While a fault is on, or its way back, a missing instance is what was asked for. */
function underWay({ story }: CheckView): boolean {
  return story.round !== null && !story.round.restored;
}
