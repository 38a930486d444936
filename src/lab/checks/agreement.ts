// Checks of the units themselves: that the masters' agree, and that none opens a port to anyone without a login.
import * as z from 'zod';
import { flagsOf } from '../../model/goflags.ts';
import { knownMinors, minorOf } from '../../model/kubeversion.ts';
import { betweenMasters, type MasterUnit, masterDifferenceWords } from '../../model/unitflags/between.ts';
import { dangersOf, differenceWords } from '../../model/unitflags/compare.ts';
import { type CheckView, common, type Verdict } from './check.ts';

/** Whose units a run sees. */
const seenComponents = ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler'] as const;

export const unitsAgree = z.strictObject({
  ...common,
  is: z.literal('units-agree'),
  component: z.enum(seenComponents).optional().describe('Left out: each that several masters run.'),
});
export const portsClosed = z.strictObject({ ...common, is: z.literal('ports-closed') });

export function judgeUnitsAgree(check: z.infer<typeof unitsAgree>, view: CheckView): Verdict {
  const units = unitsIn(view);
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
  const units = unitsIn(view);
  if (units === null) return { ok: false, waiting: true, detail: 'not every unit was seen yet' };
  for (const unit of units) {
    const how = {
      version: `1.${unit.minor}`,
      masters: view.masters.length,
      others: new Map(),
      elsewhere: null,
    };
    const [danger] = dangersOf({ ...unit, ...how });
    if (!danger) continue;
    return {
      ok: false,
      detail: `${unit.component} on ${unit.master}: ${differenceWords(danger)}`,
      tryThis: `Danger: ${danger.why}.`,
    };
  }
  return { ok: true, detail: 'no unit opens a port to anyone without a login' };
}

/** Null while a master's API server was not seen. */
function unitsIn({ masters, story }: CheckView): readonly MasterUnit[] | null {
  const units = masters.flatMap((master) =>
    seenComponents.flatMap((component) => {
      const { argv, version = null } = story.scene.masters[master]?.instances[component] ?? {};
      const minor = Math.min(minorOf(version) ?? knownMinors.first, knownMinors.last);
      return argv === undefined ? [] : [{ master, component, flags: flagsOf(argv), minor }];
    }),
  );
  const served = units.filter(({ component }) => component === 'kube-apiserver').length;
  return served === masters.length && served > 0 ? units : null;
}
