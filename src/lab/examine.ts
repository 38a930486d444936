// Judges the checks of a step against the story: what is to be told anew, and whether the step is done.
import type { CheckDone } from '../model/observation.ts';
import type { Story } from '../model/story.ts';
import type { CheckView } from './checks/check.ts';
import { type Check, judge } from './checks/vocabulary.ts';
import type { Lab, Step } from './format.ts';
import { valueNamed } from './names.ts';
import { commandsOf } from './plan.ts';
import { tell } from './telling.ts';
import { fill } from './template.ts';
import { listed } from './who.ts';
import { wordsIn } from './words/words.ts';
import type { LabSource } from './world.ts';

export interface Examined {
  /** Checks whose answer is new. */
  readonly news: readonly CheckDone[];
  /** Checks that must still pass before one can go on, in words. */
  readonly missing: readonly CheckDone[];
  /** Every check of the step as it stands, in its order. */
  readonly all: readonly CheckState[];
}

/** A check as it stands, for drivers and reports. */
export interface CheckState {
  readonly id: string;
  readonly title: string;
  readonly ok: boolean;
  readonly optional: boolean;
  /** What was found, in a few words. */
  readonly why: string;
}

export function examine(
  step: Step,
  input: { readonly lab: Lab; readonly story: Story; readonly source: LabSource },
): Examined {
  const view = viewOf(step, input);
  const known = input.story.scene.checks;
  const answers = step.checks.map((one) => answer(one, step, view));
  const done = answers.map(({ check }) => check);
  const news = answers.filter(({ check, waiting }) => {
    const before = known[check.id];
    // What is only not there yet is not told as a failure.
    if (!before) return !waiting;
    return before.ok !== check.ok || (!check.ok && before.detail !== check.detail);
  });
  const optional = new Set(step.checks.filter((one) => one.optional).map(({ id }) => id));
  return {
    news: news.map(({ check }) => check),
    missing: done.filter(({ ok, id }) => !ok && !optional.has(id)),
    all: done.map(({ id, title, ok, detail }) => ({
      id,
      title,
      ok,
      optional: optional.has(id),
      why: detail,
    })),
  };
}

interface Answer {
  readonly check: CheckDone;
  readonly waiting: boolean;
}

function answer(one: Check, step: Step, view: CheckView): Answer {
  const before = view.story.scene.checks[one.id];
  if (one.sort === 'edge' && before?.ok) {
    const { id, title, ok, detail, command, tookMs } = before;
    return {
      check: { kind: 'check', id, title, ok, detail, command, tookMs, step: step.id },
      waiting: false,
    };
  }
  const redone = view.story.redone[step.id] !== undefined;
  // Done once more, a step counts nothing of before.
  const verdict = judge(
    redone && 'since' in one && one.since === 'start' ? { ...one, since: 'step' } : one,
    view,
  );
  const check: CheckDone = {
    kind: 'check',
    id: one.id,
    title: view.filled(one.title) ?? one.title,
    ok: verdict.ok,
    detail: verdict.detail,
    command: null,
    tookMs: 0,
    step: step.id,
    ...(verdict.ok || verdict.tryThis === undefined ? {} : { tryThis: verdict.tryThis }),
  };
  return { check, waiting: verdict.waiting === true };
}

function viewOf(
  step: Step,
  { lab, story, source }: { readonly lab: Lab; readonly story: Story; readonly source: LabSource },
): CheckView {
  const telling = tell({ lab, story, source }, step);
  const words = wordsIn(lab);
  return {
    story,
    masters: telling.masters,
    ways: telling.ways,
    rounds: source.rounds(),
    words: words.checks,
    unitWords: words.units,
    listed: (names) => listed(names, words.and),
    ran(id) {
      const action = step.actions.find((one) => one.id === id);
      if (!action) return { of: 0, ended: [] };
      const wanted = commandsOf(action, step, telling);
      const ended = wanted.flatMap(({ master, text }) => {
        const run = story.scene.commands.findLast(
          (command) =>
            command.phase === 'ran' &&
            command.host === master &&
            command.text === text &&
            command.seq > (story.redone[step.id] ?? -1),
        );
        return run ? [run] : [];
      });
      return { of: wanted.length, ended };
    },
    filled(text) {
      const { text: filled, missing } = fill(text, (name) => valueNamed(name, telling));
      return missing.length === 0 ? filled : null;
    },
  };
}
