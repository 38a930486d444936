// Checks of the units themselves: that the masters' agree, and that none opens a port to anyone without a login.
import * as z from 'zod';
import { betweenMasters, masterDifferenceWords } from '../../model/unitflags/between.ts';
import { differenceWords } from '../../model/unitflags/compare.ts';
import { dangersSeen, seenComponents, unitsSeen } from '../unitsseen.ts';
import { type CheckView, common, type Verdict } from './check.ts';

export const unitsAgree = z.strictObject({
  ...common,
  is: z.literal('units-agree'),
  component: z.enum(seenComponents).optional().describe('Left out: each that several masters run.'),
});
export const portsClosed = z.strictObject({ ...common, is: z.literal('ports-closed') });

export function judgeUnitsAgree(check: z.infer<typeof unitsAgree>, view: CheckView): Verdict {
  const units = unitsSeen(view);
  if (units === null) return { ok: false, waiting: true, detail: view.words.unit.notEvery };
  const [first] = betweenMasters(
    units.filter(({ component }) => check.component === undefined || component === check.component),
    view.unitWords,
  ).filter(({ weight }) => weight !== 'harmless');
  if (!first) return { ok: true, detail: view.words.unit.alike };
  return {
    ok: false,
    detail: `${first.component}: ${masterDifferenceWords(first, view.unitWords)}`,
    tryThis: view.words.unit.makeAlike(first.component, first.why),
  };
}

export function judgePortsClosed(_: z.infer<typeof portsClosed>, view: CheckView): Verdict {
  const dangers = dangersSeen(view, view.unitWords);
  if (dangers === null) return { ok: false, waiting: true, detail: view.words.unit.notEvery };
  const [first] = dangers;
  if (!first) return { ok: true, detail: view.words.unit.closed };
  return {
    ok: false,
    detail: view.words.unit.state(first.component, first.master, differenceWords(first, view.unitWords)),
    tryThis: view.words.unit.danger(first.why),
  };
}
