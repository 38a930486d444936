// What a translation of a step leaves out, or says too much of: each with its place in the translation.
import { nearest } from '../inventory/nearest.ts';
import type { Step } from './format.ts';
import type { Remark } from './lintremark.ts';
import type { StepTexts } from './translation.ts';

/** None when it is whole. */
export function gapsIn(step: Step, texts: StepTexts): readonly Remark[] {
  return [
    ...byId('action', step.actions, Object.keys(texts.actions)),
    ...byId('check', step.checks, Object.keys(texts.checks)),
    ...counts(step, texts),
    ...notes(step, texts),
  ];
}

function byId(
  what: 'action' | 'check',
  known: readonly { readonly id: string }[],
  said: readonly string[],
): readonly Remark[] {
  const ids = known.map(({ id }) => id);
  const left = ids.filter((id) => !said.includes(id));
  const at = `${what}s`;
  return [
    ...left.map((id) => ({ what: `${what} ${id} is not translated`, at: [at] })),
    ...said
      .filter((id) => !ids.includes(id))
      .map((id) => {
        const near = nearest(id, left);
        const meant = near === null ? '' : `, did you mean ${near}?`;
        return { what: `there is no ${what} ${id} in step.md${meant}`, at: [at, id] };
      }),
  ];
}

function counts(step: Step, texts: StepTexts): readonly Remark[] {
  const parts = typeof step.explain === 'string' ? 1 : (step.explain?.length ?? 0);
  const told = texts.explain === undefined ? 0 : [texts.explain].flat().length;
  const pairs = [
    ['hints', step.hints.length, texts.hints.length, ['hints']],
    [
      'choices of the guess',
      step.guess?.choices.length ?? 0,
      texts.guess?.choices.length ?? 0,
      ['guess', 'choices'],
    ],
    ['parts of the explanation', parts, told, ['explain']],
  ] as const;
  return pairs
    .filter(([, here, there]) => here !== there)
    .map(([what, here, there, at]) => ({ what: `${what}: ${there} of ${here}`, at }));
}

function notes(step: Step, texts: StepTexts): readonly Remark[] {
  const noted = step.actions.filter(
    ({ id, note }) => note !== undefined && texts.actions[id] && texts.actions[id].note === undefined,
  );
  return [
    ...(step.guess?.note !== undefined && texts.guess?.note === undefined
      ? [{ what: 'the note of the guess is not translated', at: ['guess'] }]
      : []),
    ...noted.map(({ id }) => ({ what: `the note of action ${id} is not translated`, at: ['actions', id] })),
  ];
}

/** Where in a translation stands what a step says there: its lists are in the same order, its maps by id. */
export function placeIn(step: Step, at: Remark['at']): Remark['at'] {
  if (at === 'text') return at;
  const [key, index] = at;
  if (key === 'checks' && typeof index === 'number') return [key, step.checks[index]?.id ?? index];
  return index === undefined ? [...at] : [key ?? '', index];
}
