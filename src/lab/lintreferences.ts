// Mistakes of a step in what it refers to: checks, actions, earlier steps that there are not.
import { nearest } from '../inventory/nearest.ts';
import { type Step, takesAway } from './format.ts';
import type { Remark } from './lintremark.ts';

/** `ids`: all steps of the lab, in order. */
export function references(step: Step, ids: readonly string[]): readonly Remark[] {
  return [...toChecks(step), ...toActions(step), ...toSteps(step, ids), ...ofItself(step)];
}

function toChecks({ checks, hints, explainAfter, breaks, actions }: Step): readonly Remark[] {
  const known = checks.map(({ id }) => id);
  const levels = checks.filter(({ sort }) => sort === 'level').map(({ id }) => id);
  const noCheck = (id: string) => `no check \`${id}\` here${meant(id, known)}`;
  return [
    ...hints.flatMap((hint, at) =>
      typeof hint === 'string' || known.includes(hint.when)
        ? []
        : [{ what: noCheck(hint.when), at: ['hints', at, 'when'] }],
    ),
    ...actions.flatMap(({ after }, at) =>
      after === undefined || known.includes(after)
        ? []
        : [{ what: noCheck(after), at: ['actions', at, 'after'] }],
    ),
    ...(explainAfter === undefined || known.includes(explainAfter)
      ? []
      : [{ what: noCheck(explainAfter), at: ['explainAfter'] }]),
    ...breaks.flatMap(({ fails }, at) =>
      fails
        .filter((id) => !levels.includes(id))
        .map((id) => ({
          what: known.includes(id)
            ? `check \`${id}\` is an edge: once passed it does not fail again`
            : noCheck(id),
          at: ['breaks', at, 'fails', fails.indexOf(id)],
        })),
    ),
  ];
}

function toActions({ checks, actions, solve = [] }: Step): readonly Remark[] {
  const known = actions.map(({ id }) => id);
  const noAction = (id: string) => `no action \`${id}\` here${meant(id, known)}`;
  return [
    ...checks.flatMap((check, at) =>
      !('action' in check) || known.includes(check.action)
        ? []
        : [{ what: noAction(check.action), at: ['checks', at, 'action'] }],
    ),
    ...solve.flatMap((one, at) =>
      one.do === undefined || known.includes(one.do)
        ? []
        : [{ what: noAction(one.do), at: ['solve', at, 'do'] }],
    ),
  ];
}

function toSteps({ id, needs }: Step, ids: readonly string[]): readonly Remark[] {
  const earlier = ids.slice(0, ids.indexOf(id));
  if (needs === undefined || earlier.includes(needs)) return [];
  return [{ what: `no earlier step \`${needs}\`${meant(needs, earlier)}`, at: ['needs'] }];
}

function ofItself({ checks, skip, actions, guess }: Step): readonly Remark[] {
  const faulty = actions.some(({ fault }) => fault);
  const measures = actions.some(takesAway);
  return [
    ...(checks.every(({ optional }) => optional)
      ? [{ what: 'a step needs a check that is not optional', at: ['checks'] }]
      : []),
    ...(skip && faulty ? [{ what: 'a step with a fault cannot be skipped', at: ['skip'] }] : []),
    ...(guess && !measures
      ? [{ what: 'a guess needs a fault in the same step, to be measured by', at: ['guess'] }]
      : []),
  ];
}

function meant(word: string, known: readonly string[]): string {
  const near = nearest(word, known);
  if (near !== null) return `, did you mean \`${near}\`?`;
  return known.length === 0 ? '' : `; there are ${known.join(', ')}`;
}
