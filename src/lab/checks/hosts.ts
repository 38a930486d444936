// Checks of the masters themselves: SSH, clocks, API servers.
import * as z from 'zod';
import { listed } from '../who.ts';
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
  const { story, masters } = view;
  const missing = masters.filter((name) => story.scene.masters[name]?.host?.state !== 'up');
  if (masters.length === 0) return { ok: false, waiting: true, detail: 'no master is known yet' };
  if (missing.length === 0) return { ok: true, detail: `${listed(masters)} answer` };
  const reason = missing.map((name) => story.scene.masters[name]?.host?.detail).find((text) => text);
  return {
    ok: false,
    waiting: missing.every((name) => stillConnecting(view, name)),
    detail: `waiting for ${listed(missing)}${reason ? `: ${reason}` : ''}`,
    tryThis: '`kha-lab doctor` says what is missing to reach a master.',
  };
}

export function judgeClockKnown(check: z.infer<typeof clockKnown>, view: CheckView): Verdict {
  const limit = check.withinMs ?? Number.POSITIVE_INFINITY;
  const missing = view.masters.filter((name) => {
    const { clock, host } = view.story.scene.masters[name] ?? {};
    // Of a master that is lost nothing is known any more: it may come back with another time.
    return !clock || clock.offsetErrorMs > limit || host?.state === 'lost';
  });
  if (missing.length === 0 && view.masters.length > 0) return { ok: true, detail: 'every clock is compared' };
  return {
    ok: false,
    waiting: true,
    detail: `no good look yet at the clock of ${listed(missing)}`,
    tryThis: 'Wait a moment: the best of several echoes counts, and a slow network needs more of them.',
  };
}

export function judgeApiReady(_: z.infer<typeof apiReady>, { story, masters }: CheckView): Verdict {
  const missing = masters.filter((name) => story.scene.masters[name]?.api?.ready !== true);
  if (missing.length === 0 && masters.length > 0) return { ok: true, detail: `ready on ${listed(masters)}` };
  return {
    ok: false,
    waiting: missing.every((name) => !story.scene.masters[name]?.api),
    detail: `not ready on ${listed(missing)}`,
    tryThis: `Look at kube-apiserver's log on ${missing[0] ?? 'the master'}.`,
  };
}

export function judgeEndpointsListAll(_: z.infer<typeof endpointsListAll>, view: CheckView): Verdict {
  const { endpoints } = view.story.scene;
  const [found, wanted] = [new Set(endpoints).size, view.masters.length];
  if (wanted > 0 && found >= wanted) return { ok: true, detail: endpoints.join(', ') };
  return {
    ok: false,
    waiting: found === 0,
    detail: `${found} of ${wanted} addresses: ${endpoints.join(', ') || 'none'}`,
    tryThis: 'An API server adds itself within 10 s; up to 1.10 each needs --apiserver-count=2.',
  };
}

/** Every address that the API lists stands in what the store printed. */
export function judgeEndpointsInStore(check: z.infer<typeof endpointsInStore>, view: CheckView): Verdict {
  const { endpoints } = view.story.scene;
  const read = view.ran(check.action).ended.at(-1);
  if (!read || endpoints.length === 0)
    return { ok: false, waiting: true, detail: 'not read yet', tryThis: 'Run the command shown.' };
  if (read.code !== 0) {
    return {
      ok: false,
      detail: `etcdctl ended with ${read.code ?? 'a signal'}`,
      tryThis: 'Read what it printed: it may be missing there, or the store may ask for certificates.',
    };
  }
  const missing = endpoints.filter((address) => !read.output?.includes(address.replace(/:\d+$/, '')));
  if (missing.length === 0)
    return { ok: true, detail: `${endpoints.length} addresses, as the API lists them` };
  return { ok: false, detail: `${listed(missing)} not in what the store printed` };
}

function stillConnecting({ story }: CheckView, master: string): boolean {
  const state = story.scene.masters[master]?.host?.state;
  return state === undefined || state === 'connecting';
}
