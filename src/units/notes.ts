// What became of each flag of the tutorial in a version, and what our units add to it.
import type { Flags } from '../model/goflags.ts';
import { minorOf } from '../model/kubeversion.ts';
import { execArgv, flagsOf, parseUnitFile } from '../model/unitfile.ts';
import { factsOf, type UnitComponent, unitComponents } from '../model/unitflags/table.ts';
import type { UnitFile } from './plan.ts';
import { reasonFor, remarkOn, replacementOf } from './reasons.ts';
import { postedFlags } from './tutorial.ts';

export interface UnitNote {
  readonly component: UnitComponent;
  /** As the tutorial has it, `--admission-control=…`; null for what it does not have. */
  readonly posted: string | null;
  /** As it is rendered; null when it is left out. */
  readonly rendered: string | null;
  readonly why: string;
}

/** Whose unit it is; null for a unit of nothing we know. */
export function componentOf(unit: string): UnitComponent | null {
  return unitComponents.find((component) => unit === `${component}.service`) ?? null;
}

/** Every flag of the tutorial that is not as posted, that means something else now, or that is new, with the reason. */
export function notesOf(
  file: UnitFile,
  where: { readonly version: string; readonly address: string; readonly at: number; readonly store: string },
): readonly UnitNote[] {
  const component = componentOf(file.name);
  const minor = minorOf(where.version);
  if (component === null || minor === null) return [];
  const posted = flagsOf(['', ...postedFlags(component, where)]);
  const rendered = flagsOf(execArgv(parseUnitFile(file.text)));
  const replaced = new Set<string>();
  const changed = [...posted].flatMap(([flag, value]): readonly UnitNote[] => {
    const now = rendered.get(flag);
    const about = { component, posted: `--${flag}=${value}` };
    if (now === value) {
      const why = remarkOn(component, flag, minor);
      return why === null ? [] : [{ ...about, rendered: about.posted, why }];
    }
    // A file that lies elsewhere is no other flag.
    if (now !== undefined && factsOf(component, flag)?.sort === 'place') return [];
    const by = now === undefined ? replacementOf(component, flag) : flag;
    if (by !== null) replaced.add(by);
    const why = reasonFor(component, flag, minor) ?? 'as this inventory has it';
    return [{ ...about, rendered: written(rendered, by), why }];
  });
  const added = [...rendered.keys()]
    .filter((flag) => !posted.has(flag) && !replaced.has(flag))
    .map((flag) => ({
      component,
      posted: null,
      rendered: written(rendered, flag),
      why: factsOf(component, flag)?.means ?? '',
    }));
  return [...changed, ...added];
}

function written(flags: Flags, flag: string | null): string | null {
  const value = flag === null ? undefined : flags.get(flag);
  return value === undefined ? null : `--${flag}=${value}`;
}

/** The note as one sentence. */
export function noteSentence({ posted, rendered, why }: UnitNote): string {
  const rest = `${why}.`;
  if (posted === rendered || posted === null) return `${rendered}: ${rest}`;
  return rendered === null ? `${posted} is left out: ${rest}` : `${posted} is now ${rendered}: ${rest}`;
}
