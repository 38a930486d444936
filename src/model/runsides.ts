// Two sets of recordings, before and after a change, paired by what their rounds asked: the component and the fault.
import { questionName, termsInWords } from './groupwords.ts';
import { groupsOf, type RoundGroup } from './roundgroups.ts';
import type { RunTold } from './runtold.ts';

/** What was measured on one side of a pair. */
export interface Side {
  readonly valuesMs: readonly number[];
  readonly groups: readonly RoundGroup[];
}

export interface Pair {
  readonly component: string;
  readonly fault: string;
  readonly onStandby: boolean;
  readonly restarts: boolean;
  readonly before: Side;
  readonly after: Side;
  /** Sentences on what the two were measured with, where that is not the same. */
  readonly differs: readonly string[];
}

export interface Sides {
  readonly pairs: readonly Pair[];
  /** Sentences on what only one side has. */
  readonly leftOut: readonly string[];
}

export function sidesOf(before: readonly RunTold[], after: readonly RunTold[]): Sides {
  const [old, young] = [byQuestion(before), byQuestion(after)];
  const pairs: Pair[] = [];
  const leftOut: string[] = [];
  for (const [name, groups] of old) {
    const others = young.get(name);
    if (!others) leftOut.push(`${name} was measured only before: it is left out.`);
    else if (groups[0]?.onStandby) leftOut.push(`${name} has no handover to compare: it is left out.`);
    else pairs.push(pairOf(groups, others));
  }
  for (const name of young.keys())
    if (!old.has(name)) leftOut.push(`${name} was measured only after: it is left out.`);
  return { pairs, leftOut };
}

/** Lock, terms and version may be what was changed, so they do not part what is compared. */
function byQuestion(runs: readonly RunTold[]): ReadonlyMap<string, readonly RoundGroup[]> {
  const found = new Map<string, RoundGroup[]>();
  for (const group of groupsOf(runs)) {
    const key = questionName(group);
    found.set(key, [...(found.get(key) ?? []), group]);
  }
  return found;
}

function pairOf(before: readonly RoundGroup[], after: readonly RoundGroup[]): Pair {
  const [first] = before;
  if (!first) throw new Error('a pair without a group');
  const { component, fault, onStandby, restarts } = first;
  const aspects: readonly (readonly [string, (groups: readonly RoundGroup[]) => string])[] = [
    [
      'Kubernetes',
      (groups) => each(groups, ({ rounds }) => rounds.map(({ told }) => told.version ?? 'unknown')),
    ],
    ['Lock', (groups) => each(groups, ({ lock }) => [lock ?? 'not seen'])],
    ['Timing', (groups) => each(groups, ({ terms }) => [termsInWords(terms)])],
    ['Standbys', (groups) => each(groups, ({ standbys }) => [String(standbys)])],
  ];
  const differs = aspects.flatMap(([name, of]) => {
    const [was, is] = [of(before), of(after)];
    return was === is ? [] : [`${name} before: ${was}. After: ${is}.`];
  });
  return { component, fault, onStandby, restarts, before: sideOf(before), after: sideOf(after), differs };
}

function sideOf(groups: readonly RoundGroup[]): Side {
  return { groups, valuesMs: groups.flatMap(({ counted }) => counted.map(({ ms }) => ms)) };
}

function each(groups: readonly RoundGroup[], of: (group: RoundGroup) => readonly string[]): string {
  return [...new Set(groups.flatMap(of))].sort().join(' and ');
}
