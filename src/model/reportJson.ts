// The one object `report --json` prints: each recording with its rounds, and the groups of rounds that ask the same question.
import type { RulesAgreement } from './agreement.ts';
import { micros, type RoundJson, roundJson } from './failoverJson.ts';
import type { LockKind } from './lock.ts';
import type { ElectionTerms } from './observation.ts';
import { type Phases, phasesOf } from './phases.ts';
import { expectedOf } from './predictfault.ts';
import { type ReportVerdict, reportVerdict } from './reportverdict.ts';
import { readTime } from './rfc3339.ts';
import type { RoundGroup } from './roundgroups.ts';
import { type MasterTold, type RoundTold, type RunTold, restoredIn, steadyIn } from './runtold.ts';
import type { Summary } from './statistics.ts';
import { summaryJson } from './summaryJson.ts';

export interface ReportedRound extends RoundJson {
  readonly component: string;
  readonly fault: string;
  readonly lock: LockKind | null;
  readonly kubernetes: string | null;
  readonly standbys: number;
  readonly phases: Phases;
  /** Whether the timers on the masters were taken down again; null where none was armed. */
  readonly disarmed: boolean | null;
}

export interface ReportedRun {
  readonly recording: string;
  readonly tool: string;
  readonly target: string;
  readonly what: string;
  readonly startedAt: string;
  readonly command: readonly string[];
  readonly lengthMs: number;
  /** Null where the recording lacks its end. */
  readonly exit: number | null;
  readonly masters: readonly MasterTold[];
  readonly rounds: readonly ReportedRound[];
  /** Null where the recording does not say. */
  readonly restored: boolean | null;
  readonly steady: boolean | null;
  readonly problems: readonly { readonly code: string; readonly message: string }[];
}

export interface ReportedGroup {
  readonly component: string;
  readonly fault: string;
  readonly onStandby: boolean;
  /** `kill` alone: systemd was let start it again. */
  readonly restarts: boolean;
  readonly lock: LockKind | null;
  readonly terms: ElectionTerms;
  readonly standbys: number;
  /** From when the lengths count. */
  readonly from: 'fault' | 'storeBack';
  readonly rounds: number;
  readonly summary: Summary & { readonly agreement?: RulesAgreement };
  readonly predictedMs: RoundJson['predictedMs'];
}

export interface ReportJson {
  readonly version: 1;
  readonly tool: string;
  readonly verdict: ReportVerdict['verdict'];
  readonly why: string;
  readonly recordings: readonly ReportedRun[];
  readonly groups: readonly ReportedGroup[];
}

export function reportJson(
  runs: readonly RunTold[],
  groups: readonly RoundGroup[],
  { tool, limitOf }: { readonly tool: string; readonly limitOf: (run: RunTold['run']) => number | null },
): ReportJson {
  return {
    version: 1,
    tool,
    ...reportVerdict(runs),
    recordings: runs.map((run) => reportedRun(run, limitOf(run.run))),
    groups: groups.map(reportedGroup),
  };
}

function reportedRun(told: RunTold, maxHandoverMs: number | null): ReportedRun {
  const { file, run, lengthMs, exit, masters, problems } = told;
  const { tool, target, what, startedAt, command } = run;
  const startedAtMs = readTime(startedAt) ?? 0;
  return {
    recording: file,
    tool,
    target,
    what,
    startedAt,
    command,
    lengthMs: micros(lengthMs),
    exit,
    masters,
    rounds: told.rounds.map((one) => reportedRound(one, { maxHandoverMs, startedAtMs })),
    restored: restoredIn(told),
    steady: steadyIn(told),
    problems: problems.map(({ code, message }) => ({ code, message })),
  };
}

function reportedRound(
  { round, lock, version, standbys, expected, disarmed }: RoundTold,
  { maxHandoverMs, startedAtMs }: { readonly maxHandoverMs: number | null; readonly startedAtMs: number },
): ReportedRound {
  const { goneMs, freeMs, freedBy, acquiredMs, firstWorkMs } = phasesOf(round);
  const context = { predicted: () => expected && expectedOf(expected, round), maxHandoverMs };
  const fine = (ms: number | null) => (ms === null ? null : micros(ms));
  return {
    component: round.component,
    fault: round.fault,
    lock,
    kubernetes: version,
    standbys,
    ...roundJson(round, { context, startedAtMs }),
    phases: {
      goneMs: fine(goneMs),
      freeMs: fine(freeMs),
      freedBy,
      acquiredMs: fine(acquiredMs),
      firstWorkMs: fine(firstWorkMs),
    },
    disarmed,
  };
}

function reportedGroup(group: RoundGroup): ReportedGroup {
  const { component, fault, onStandby, restarts, lock, terms, standbys, from, rounds, summary, prediction } =
    group;
  const { agreement } = group;
  return {
    component,
    fault,
    onStandby,
    restarts,
    lock,
    terms,
    standbys,
    from,
    rounds: rounds.length,
    summary: { ...summaryJson(summary), ...(agreement && { agreement }) },
    predictedMs: prediction && {
      min: micros(prediction.minMs),
      p50: micros(prediction.p50Ms),
      p95: micros(prediction.p95Ms),
      max: micros(prediction.maxMs),
    },
  };
}
