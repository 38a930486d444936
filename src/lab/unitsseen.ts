// The masters' units as a run saw them: held against one another, and what they open to anyone without a login.
import { flagsOf } from '../model/goflags.ts';
import { knownMinors, minorOf } from '../model/kubeversion.ts';
import { betweenMasters, type MasterDifference, type MasterUnit } from '../model/unitflags/between.ts';
import { dangersOf, type UnitDifference } from '../model/unitflags/compare.ts';
import { englishUnits, type UnitWords } from '../model/unitflags/words.ts';
import type { Cast } from './who.ts';

/** Whose units a run sees. */
export const seenComponents = [
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
] as const;

/** Null while a master's API server was not seen. */
export function unitsSeen({ masters, story }: Cast): readonly MasterUnit[] | null {
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

/** Every flag that differs though masters should be alike, harmless ones too; null before all were seen. */
export function differencesSeen(
  cast: Cast,
  words: UnitWords = englishUnits,
): readonly MasterDifference[] | null {
  const units = unitsSeen(cast);
  return units && betweenMasters(units, words);
}

export interface DangerSeen extends UnitDifference {
  readonly master: string;
}

/** Every flag that opens a port to whoever reaches it; null before all units were seen. */
export function dangersSeen(cast: Cast, words: UnitWords = englishUnits): readonly DangerSeen[] | null {
  const units = unitsSeen(cast);
  if (units === null) return null;
  return units.flatMap((unit) => {
    const how = { version: `1.${unit.minor}`, masters: cast.masters.length };
    const alone = { others: new Map<string, string>(), elsewhere: null };
    return dangersOf({ ...unit, ...how, ...alone }, words).map((one) => ({ ...one, master: unit.master }));
  });
}
