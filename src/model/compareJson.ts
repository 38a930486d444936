// The one object `compare --json` prints.
import { type Effect, fewestRounds } from './effect.ts';
import { micros } from './failoverJson.ts';
import type { ReportVerdict } from './reportverdict.ts';
import type { RunTold } from './runtold.ts';
import type { Summary } from './statistics.ts';
import { summaryJson } from './summaryJson.ts';

export interface ComparedJson {
  readonly component: string;
  readonly fault: string;
  readonly onStandby: boolean;
  /** `kill` alone: systemd was let start it again. */
  readonly restarts: boolean;
  readonly before: Summary;
  readonly after: Summary;
  readonly differenceMs: number | null;
  readonly differenceIntervalMs: { readonly low: number; readonly high: number; readonly level: 0.95 } | null;
  /** 0.1 is ten percent slower. */
  readonly slowerBy: number | null;
  /** Adjusted for how many comparisons there are; null where too few rounds carry one. */
  readonly p: number | null;
  readonly verdict: Effect['verdict'];
  readonly differs: readonly string[];
}

export interface CompareJson {
  readonly version: 1;
  readonly tool: string;
  readonly verdict: ReportVerdict['verdict'];
  readonly why: string;
  /** `--fail-if-slower` as a part; null without. */
  readonly limit: number | null;
  readonly seed: number;
  readonly fewestRounds: number;
  readonly before: { readonly recordings: readonly string[] };
  readonly after: { readonly recordings: readonly string[] };
  readonly compared: readonly ComparedJson[];
  readonly leftOut: readonly string[];
}

export interface CompareFacts {
  readonly tool: string;
  readonly verdict: ReportVerdict;
  readonly limit: number | null;
  readonly seed: number;
  readonly before: readonly RunTold[];
  readonly after: readonly RunTold[];
  readonly effects: readonly Effect[];
  readonly leftOut: readonly string[];
}

export function compareJson({
  tool,
  verdict,
  limit,
  seed,
  before,
  after,
  effects,
  leftOut,
}: CompareFacts): CompareJson {
  const files = (runs: readonly RunTold[]) => ({ recordings: runs.map(({ file }) => file) });
  return {
    version: 1,
    tool,
    ...verdict,
    limit,
    seed,
    fewestRounds,
    before: files(before),
    after: files(after),
    compared: effects.map(comparedJson),
    leftOut,
  };
}

function comparedJson({
  pair,
  before,
  after,
  differenceMs,
  intervalMs,
  slowerBy,
  p,
  verdict,
}: Effect): ComparedJson {
  const { component, fault, onStandby, restarts, differs } = pair;
  return {
    component,
    fault,
    onStandby,
    restarts,
    before: summaryJson(before),
    after: summaryJson(after),
    differenceMs: differenceMs === null ? null : micros(differenceMs),
    differenceIntervalMs: intervalMs && {
      low: micros(intervalMs.low),
      high: micros(intervalMs.high),
      level: 0.95,
    },
    slowerBy: slowerBy === null ? null : Math.round(slowerBy * 1e5) / 1e5,
    p,
    verdict,
    differs,
  };
}
