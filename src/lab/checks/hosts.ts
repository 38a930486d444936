// Checks of the masters themselves: SSH, clocks, API servers.
import * as z from 'zod';
import { type CheckView, common, type Verdict } from './check.ts';

export const sshUp = z.strictObject({ ...common, is: z.literal('ssh-up') });
export const clockKnown = z.strictObject({
  ...common,
  is: z.literal('clock-known'),
  withinMs: z.number().positive().optional().describe('Largest error of the offset that is good enough.'),
});
export const apiReady = z.strictObject({ ...common, is: z.literal('api-ready') });
export const endpointsListAll = z.strictObject({ ...common, is: z.literal('endpoints-list-all') });
export const endpointsInStore = z.strictObject({
  ...common,
  is: z.literal('endpoints-in-store'),
  action: z.string().describe('The action of the same step that reads the store.'),
});

export function judgeSshUp(_: z.infer<typeof sshUp>, view: CheckView): Verdict {
  const { story, masters, listed, words } = view;
  const missing = masters.filter((name) => story.scene.masters[name]?.host?.state !== 'up');
  if (masters.length === 0) return { ok: false, waiting: true, detail: words.ssh.none };
  if (missing.length === 0) return { ok: true, detail: words.ssh.ok(listed(masters)) };
  const reason = missing.map((name) => story.scene.masters[name]?.host?.detail).find((text) => text);
  return {
    ok: false,
    waiting: missing.every((name) => stillConnecting(view, name)),
    detail: words.ssh.waiting(listed(missing), reason ?? ''),
    tryThis: words.ssh.tryThis,
  };
}

export function judgeClockKnown(check: z.infer<typeof clockKnown>, view: CheckView): Verdict {
  const limit = check.withinMs ?? Number.POSITIVE_INFINITY;
  const missing = view.masters.filter((name) => {
    const { clock, host } = view.story.scene.masters[name] ?? {};
    // Of a master that is lost nothing is known any more: it may come back with another time.
    return !clock || clock.offsetErrorMs > limit || host?.state === 'lost';
  });
  if (missing.length === 0 && view.masters.length > 0) return { ok: true, detail: view.words.clock.ok };
  return {
    ok: false,
    waiting: true,
    detail: view.words.clock.waiting(view.listed(missing)),
    tryThis: view.words.clock.tryThis,
  };
}

export function judgeApiReady(_: z.infer<typeof apiReady>, view: CheckView): Verdict {
  const { story, masters, listed, words } = view;
  const missing = masters.filter((name) => story.scene.masters[name]?.api?.ready !== true);
  if (missing.length === 0 && masters.length > 0) return { ok: true, detail: words.api.ok(listed(masters)) };
  return {
    ok: false,
    waiting: missing.every((name) => !story.scene.masters[name]?.api),
    detail: words.api.waiting(listed(missing)),
    tryThis: words.api.tryThis(missing[0]),
  };
}

export function judgeEndpointsListAll(_: z.infer<typeof endpointsListAll>, view: CheckView): Verdict {
  const { endpoints } = view.story.scene;
  const [found, wanted] = [new Set(endpoints).size, view.masters.length];
  if (wanted > 0 && found >= wanted) return { ok: true, detail: endpoints.join(', ') };
  return {
    ok: false,
    waiting: found === 0,
    detail: view.words.endpoints.found(found, wanted, endpoints.join(', ')),
    tryThis: view.words.endpoints.tryThis,
  };
}

/** Every address that the API lists stands in what the store printed. */
export function judgeEndpointsInStore(check: z.infer<typeof endpointsInStore>, view: CheckView): Verdict {
  const { endpoints } = view.story.scene;
  const read = view.ran(check.action).ended.at(-1);
  if (!read || endpoints.length === 0)
    return { ok: false, waiting: true, detail: view.words.store.notRead, tryThis: view.words.runShown };
  if (read.code !== 0) {
    return {
      ok: false,
      detail: view.words.store.ended(String(read.code ?? view.words.aSignal)),
      tryThis: view.words.store.tryThis,
    };
  }
  const missing = endpoints.filter((address) => !read.output?.includes(address.replace(/:\d+$/, '')));
  if (missing.length === 0) return { ok: true, detail: view.words.store.ok(endpoints.length) };
  return { ok: false, detail: view.words.store.missing(view.listed(missing)) };
}

function stillConnecting({ story }: CheckView, master: string): boolean {
  const state = story.scene.masters[master]?.host?.state;
  return state === undefined || state === 'connecting';
}
