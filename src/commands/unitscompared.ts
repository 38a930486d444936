// What a comparison of units found, for a person and for programs.
import { sanitise } from '../model/sanitise.ts';
import { type MasterDifference, masterDifferenceWords } from '../model/unitflags/between.ts';
import { differenceWords, type UnitDifference } from '../model/unitflags/compare.ts';
import type { Judgement, Weight } from '../model/unitflags/judgement.ts';
import type { UnitComponent } from '../model/unitflags/table.ts';
import type { CommonFlags } from './flags.ts';
import type { Surroundings } from './surroundings.ts';
import { symbolsFor } from './symbols.ts';
import { wrapped } from './wrapped.ts';

export interface ComparedMaster {
  readonly name: string;
  readonly kubernetes: string;
  /** Another version, where that one is not known here. */
  readonly comparedAs: string | null;
  readonly units: readonly {
    readonly component: UnitComponent;
    readonly unit: string;
    readonly differences: readonly UnitDifference[];
  }[];
  /** Units that it should have. */
  readonly missing: readonly ({ readonly component: UnitComponent } & Judgement)[];
}

export interface Compared {
  readonly target: string;
  readonly masters: readonly ComparedMaster[];
  readonly between: readonly MasterDifference[];
}

/** Whether nothing found matters. */
export function printCompared(
  compared: Compared,
  { json, quiet }: Pick<CommonFlags, 'json' | 'quiet'>,
  surroundings: Surroundings,
): boolean {
  const { target, masters, between } = compared;
  const weights = [
    ...masters.flatMap(({ units, missing }) => [...units.flatMap((unit) => unit.differences), ...missing]),
    ...between,
  ].map(({ weight }) => weight);
  const ok = weights.every((weight) => weight === 'harmless');
  const lines = () => compareLines(compared, symbolsFor(surroundings), Boolean(quiet));
  surroundings.stdout.write(
    json
      ? `${sanitise(JSON.stringify({ version: 1, ok, target, masters, between }))}\n`
      : lines()
          .flatMap((line) => wrapped(sanitise(line), surroundings))
          .map((line) => `${line}\n`)
          .join(''),
  );
  return ok;
}

interface Line {
  readonly weight: Weight;
  readonly text: string;
}

function compareLines(
  { target, masters, between }: Compared,
  { pass, fail }: { readonly pass: string; readonly fail: string },
  quiet: boolean,
): readonly string[] {
  const block = (title: string, lines: readonly Line[]) => {
    const shown = quiet ? lines.filter(({ weight }) => weight !== 'harmless') : lines;
    if (shown.length === 0) return [];
    const signs = { harmless: pass, matters: fail, danger: `${fail} DANGER` } as const;
    return [title, ...shown.map(({ weight, text }) => `  ${signs[weight]} ${text}`)];
  };
  return [
    ...masters.flatMap((master) => block(titleOf(master), linesOf(master))),
    ...block(`the masters beside each other (${target})`, [
      ...between.map(({ weight, why, component, ...difference }) => ({
        weight,
        text: `${component}: ${masterDifferenceWords({ weight, why, component, ...difference })}: ${why}.`,
      })),
      ...(between.length === 0
        ? [{ weight: 'harmless', text: 'what should be the same on each is the same' } as const]
        : []),
    ]),
  ];
}

function titleOf({ name, kubernetes, comparedAs }: ComparedMaster): string {
  const how = comparedAs === null ? '' : `, held against the newest known here, ${comparedAs}`;
  return `${name} (Kubernetes ${kubernetes.replace(/^v/, '')}${how})`;
}

function linesOf({ units, missing }: ComparedMaster): readonly Line[] {
  return [
    ...units.flatMap(({ unit, component, differences }) =>
      differences.length === 0
        ? [{ weight: 'harmless', text: `${unit}: as rendered` } as const]
        : differences.map((difference) => ({
            weight: difference.weight,
            text: `${component}: ${differenceWords(difference)}: ${difference.why}.`,
          })),
    ),
    ...missing.map(({ component, weight, why }) => ({ weight, text: `${component}: no unit: ${why}.` })),
  ];
}
