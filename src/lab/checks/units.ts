// Checks of a component as its units show it: running, gone, and with which flag.
import * as z from 'zod';
import { meant, who } from '../who.ts';
import { type CheckView, common, component, roundCounts, roundSince, type Verdict } from './check.ts';

export const unitActive = z.strictObject({
  ...common,
  is: z.literal('unit-active'),
  component,
  on: who.default('each'),
});
export const unitGone = z.strictObject({
  ...common,
  is: z.literal('unit-gone'),
  component,
  since: roundSince,
});
export const flagIs = z.strictObject({
  ...common,
  is: z.literal('flag'),
  component,
  flag: z.string().regex(/^[a-z][a-z0-9-]*$/, 'a flag without its dashes'),
  equals: z.string(),
  byDefault: z.string().optional().describe('What the component takes when the flag is not given.'),
});

export function judgeUnitActive(check: z.infer<typeof unitActive>, view: CheckView): Verdict {
  const names = meant(check.on, check.component, view);
  const idle = names.filter((name) => active(view, name, check.component) !== 'active');
  if (names.length > 0 && idle.length === 0)
    return { ok: true, detail: view.words.unit.ok(view.listed(names)) };
  const first = idle[0];
  if (first === undefined) return { ok: false, waiting: true, detail: view.words.unit.unknown };
  return {
    ok: false,
    waiting: active(view, first, check.component) === undefined,
    detail: view.words.unit.state(
      check.component,
      first,
      active(view, first, check.component) ?? view.words.notSeen,
    ),
    tryThis: view.words.unit.tryThis(check.component, first),
  };
}

/** Gone counts only where it was seen running before. */
export function judgeUnitGone(check: z.infer<typeof unitGone>, view: CheckView): Verdict {
  const round = view.story.rounds[check.component];
  if (!round || !roundCounts(check.since, view, check.component))
    return { ok: false, waiting: true, detail: view.words.unit.nothingStopped };
  const { from } = round.begun;
  const before = round.before.scene.masters[from]?.instances[check.component]?.active;
  if (before !== 'active') {
    return {
      ok: false,
      detail: view.words.unit.notRunning(check.component, from),
      tryThis: view.words.unit.putBackFirst,
    };
  }
  if (round.seenGone) return { ok: true, detail: view.words.unit.gone(check.component, from) };
  return { ok: false, waiting: true, detail: view.words.unit.stillRuns(check.component, from) };
}

export function judgeFlag(check: z.infer<typeof flagIs>, view: CheckView): Verdict {
  const found = view.masters.map((name) => {
    const argv = view.story.scene.masters[name]?.instances[check.component]?.argv;
    return {
      name,
      value: argv === undefined ? null : (flagValue(argv, check.flag) ?? check.byDefault ?? null),
    };
  });
  const wrong = found.find(({ value }) => value !== check.equals);
  if (found.length > 0 && !wrong)
    return { ok: true, detail: view.words.unit.flagOk(check.flag, check.equals) };
  if (!wrong) return { ok: false, waiting: true, detail: view.words.unit.noUnit };
  return {
    ok: false,
    waiting: wrong.value === null,
    detail: view.words.unit.flagIs(check.flag, wrong.value, wrong.name, check.equals),
    tryThis: view.words.unit.setFlag(check.flag, check.equals, check.component, wrong.name),
  };
}

function active(view: CheckView, master: string, of: string): string | undefined {
  return view.story.scene.masters[master]?.instances[of]?.active;
}

/** The last one given counts, as for the components themselves; `--flag` alone means true; `_` is read as `-`. */
export function flagValue(argv: readonly string[], flag: string): string | null {
  for (const word of [...argv].reverse()) {
    const [name = '', ...rest] = word.split('=');
    if (name.replace(/^--?/, '').replaceAll('_', '-') !== flag || !name.startsWith('-')) continue;
    return rest.length > 0 ? rest.join('=') : 'true';
  }
  return null;
}
