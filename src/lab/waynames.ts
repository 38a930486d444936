// What a lab's texts can say of the ways in: how many requests and clients failed, and for how long.
import { sumOf } from '../model/ways.ts';
import { type WayName, wayNames } from '../model/waysseen.ts';
import { seconds } from './numbers.ts';
import type { Telling } from './telling.ts';
import { wordsIn } from './words/words.ts';

type Value = (telling: Telling) => string | null;

/** `gap.service`, `failed.balancer`: null before it was measured. */
export const ofWays: Readonly<Record<string, Value>> = {
  stopped: ({ ways }) => ways?.begun.stopped ?? null,
  reconciler: ({ ways }) => ways?.begun.reconciler ?? null,
  affinity: ({ ways }) => ways?.begun.affinity ?? null,
  ...Object.fromEntries(wayNames.flatMap(ofOne)),
};

function ofOne(way: WayName): readonly (readonly [string, Value])[] {
  const sum = ({ ways }: Telling) => (ways?.over ? sumOf(ways, way) : null);
  return [
    [`address.${way}`, ({ ways }) => ways?.begun.ways.find((one) => one.way === way)?.address ?? null],
    [`gap.${way}`, (telling) => lengthOf(sum(telling)?.longestGapMs, telling)],
    [`troubled.${way}`, (telling) => lengthOf(sum(telling)?.troubledMs, telling)],
    [`failed.${way}`, (telling) => outOf(sum(telling)?.failed, sum(telling)?.asked, telling)],
    [`hit.${way}`, (telling) => outOf(sum(telling)?.hit, sum(telling)?.clients, telling)],
  ];
}

function lengthOf(ms: number | undefined, { lab }: Telling): string | null {
  return ms === undefined ? null : ms === 0 ? wordsIn(lab).noTime : seconds(ms);
}

function outOf(some: number | undefined, all: number | undefined, { lab }: Telling): string | null {
  return some === undefined || all === undefined ? null : wordsIn(lab).outOf(some, all);
}
