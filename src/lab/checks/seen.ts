// Checks of what was seen or done: log lines, events, commands that ran.
import * as z from 'zod';
import type { LogTally } from '../../model/looks.ts';
import type { LogCount, Scene } from '../../model/scene.ts';
import { meant, who } from '../who.ts';
import { baseline, type CheckView, common, component, since, type Verdict } from './check.ts';

const eventName = z.enum([
  'attempting',
  'held',
  'notAcquired',
  'acquired',
  'renewed',
  'gaveUp',
  'lost',
  'terminating',
  'request',
  'leaderEvent',
  'lockRead',
  'lockWrite',
  'podBound',
  'nodeSilent',
]) satisfies z.ZodType<LogTally>;

export const logEvent = z.strictObject({
  ...common,
  is: z.literal('log-event'),
  component,
  event: z.union([eventName, z.array(eventName).min(1)]).describe('One of these counts.'),
  by: who,
  atLeast: z.int().positive().default(1),
  since,
});
export const logSilent = z.strictObject({
  ...common,
  is: z.literal('log-silent'),
  component,
  event: eventName.describe('No such line may be there.'),
  by: who,
  whileSeen: eventName.describe('Only counts once there were such lines of the same log, or of another.'),
  seenBy: who.optional().describe('Whose log they are in; the same one where left out.'),
  atLeast: z.int().positive().default(2),
  since,
});
export const eventSeen = z.strictObject({
  ...common,
  is: z.literal('event-seen'),
  component,
  contains: z.string().optional(),
  by: who.optional().describe('Whose identity the message begins with.'),
  since,
});
export const commandRan = z.strictObject({
  ...common,
  is: z.literal('command-ran'),
  action: z.string().describe('An action of the same step.'),
  contains: z.string().optional().describe('Text its output must hold, on every master it ran on.'),
  anyExit: z.boolean().default(false).describe('Having run it is enough, whatever its exit code.'),
});

export function judgeLogEvent(check: z.infer<typeof logEvent>, view: CheckView): Verdict {
  const from = baseline(check.since, view);
  const names = meant(check.by, check.component, view);
  if (!from || names.length === 0) return { ok: false, waiting: true, detail: view.words.nothingYet };
  const after = check.since === 'fault' ? (view.story.round?.issuedMs ?? Number.POSITIVE_INFINITY) : null;
  const counts = names.map((name) => {
    const seen = [check.event].flat().map((event) => {
      const now = countOf(view.story.scene, { master: name, component: check.component, event });
      const before = countOf(from.scene, { master: name, component: check.component, event });
      if (!now || (after !== null && now.lastMs < after)) return 0;
      return now.count - (before?.count ?? 0);
    });
    return { name, seen: seen.reduce((sum, count) => sum + count, 0) };
  });
  const short = counts.find(({ seen }) => seen < check.atLeast);
  if (!short) return { ok: true, detail: view.words.log.ok(view.listed(names)) };
  return {
    ok: false,
    waiting: true,
    detail: view.words.log.short(short.seen, check.atLeast, check.component, short.name),
    tryThis: view.words.log.tooQuiet(check.component),
  };
}

/** Silence proves nothing unless the log was read, and there was something it could have said. */
export function judgeLogSilent(check: z.infer<typeof logSilent>, view: CheckView): Verdict {
  const from = baseline(check.since, view);
  const names = meant(check.by, check.component, view);
  const others = check.seenBy === undefined ? names : meant(check.seenBy, check.component, view);
  if (!from || names.length === 0 || others.length === 0)
    return { ok: false, waiting: true, detail: view.words.nothingYet };
  const since = (name: string, event: LogTally) => {
    const of = { master: name, component: check.component, event };
    return (countOf(view.story.scene, of)?.count ?? 0) - (countOf(from.scene, of)?.count ?? 0);
  };
  const loud = names.find((name) => since(name, check.event) > 0);
  if (loud) return { ok: false, detail: view.words.log.loud(loud) };
  const seen = Math.min(...others.map((name) => since(name, check.whileSeen)));
  if (seen >= check.atLeast) return { ok: true, detail: view.words.log.silent(view.listed(names)) };
  return { ok: false, waiting: true, detail: view.words.log.tooFew(seen, check.atLeast) };
}

export function judgeEventSeen(check: z.infer<typeof eventSeen>, view: CheckView): Verdict {
  const from = baseline(check.since, view);
  if (!from) return { ok: false, waiting: true, detail: view.words.nothingYet };
  const names = check.by === undefined ? null : meant(check.by, check.component, view);
  const found = view.story.scene.events.find(
    ({ seq, message, component: of }) =>
      seq > from.seq &&
      of === check.component &&
      message.includes(check.contains ?? '') &&
      (names === null ||
        names.some((name) => message.startsWith(`${name} `) || message.startsWith(`${name}_`))),
  );
  if (found) return { ok: true, detail: found.message };
  return {
    ok: false,
    waiting: true,
    detail: view.words.event.none(view.listed(names ?? [])),
    tryThis: view.words.event.tryThis,
  };
}

export function judgeCommandRan(check: z.infer<typeof commandRan>, view: CheckView): Verdict {
  const { of, ended } = view.ran(check.action);
  if (of === 0 || ended.length < of)
    return { ok: false, waiting: true, detail: view.words.notRun, tryThis: view.words.runShown };
  const bad = ended.find(({ code }) => code !== 0);
  if (bad && !check.anyExit) {
    return {
      ok: false,
      detail: view.words.command.ended(bad.text, String(bad.code ?? view.words.aSignal), bad.host),
      tryThis: view.words.command.tryThis,
    };
  }
  const wanted = check.contains === undefined ? '' : (view.filled(check.contains) ?? check.contains);
  const without = ended.find(({ output }) => !(output ?? '').includes(wanted));
  if (without && !(bad && check.anyExit)) {
    return { ok: false, detail: view.words.command.lacks(wanted, without.text) };
  }
  return { ok: true, detail: view.words.command.ran(ended.length) };
}

function countOf(
  scene: Scene,
  of: { readonly master: string; readonly component: string; readonly event: LogTally },
): LogCount | undefined {
  return scene.masters[of.master]?.logs[of.component]?.events[of.event];
}
