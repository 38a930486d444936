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
  if (units === null) return { ok: false, waiting: true, detail: 'not every unit was seen yet' };
  const [first] = betweenMasters(
    units.filter(({ component }) => check.component === undefined || component === check.component),
  ).filter(({ weight }) => weight !== 'harmless');
  if (!first) return { ok: true, detail: 'what should be the same on each master is the same' };
  return {
    ok: false,
    detail: `${first.component}: ${masterDifferenceWords(first)}`,
    tryThis: `Make them the same and restart ${first.component}: ${first.why}.`,
  };
}

export function judgePortsClosed(_: z.infer<typeof portsClosed>, view: CheckView): Verdict {
  const dangers = dangersSeen(view);
  if (dangers === null) return { ok: false, waiting: true, detail: 'not every unit was seen yet' };
  const [first] = dangers;
  if (!first) return { ok: true, detail: 'no unit opens a port to anyone without a login' };
  return {
    ok: false,
    detail: `${first.component} on ${first.master}: ${differenceWords(first)}`,
    tryThis: `Danger: ${first.why}.`,
  };
}
