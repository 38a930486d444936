// The one object `failover --json` prints, from the scene of its run.
import { agreementOf, type RulesAgreement } from './agreement.ts';
import type { ComponentName, LockKind } from './lock.ts';
import { missingOf } from './outage.ts';
import { outsideRules } from './outsiderules.ts';
import type { Prediction } from './prediction.ts';
import { readTime, writeTime } from './rfc3339.ts';
import type { Mark, MarkName, Round, RoundCanaries, Testimony, Witness } from './round.ts';
import type { Scene } from './scene.ts';
import { settled } from './settled.ts';
import { type Summary, summarise } from './statistics.ts';
import type { EpochMs } from './time.ts';
import { type Verdict, verdictOf } from './verdict.ts';

export interface FailoverContext {
  readonly component: ComponentName;
  readonly fault: string;
  /** Where the run is recorded; null when it is not. */
  readonly recording: string | null;
  /** What the rules lead to expect of a round; null where that is not known. */
  readonly predicted: (round: Round) => PredictedBand | null;
  /** `--max-handover`; null without. */
  readonly maxHandoverMs: number | null;
  readonly restored: boolean;
  readonly steady: boolean;
}

export interface PredictedBand {
  readonly minMs: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly maxMs: number;
  /** The whole distribution, where it is known: what a set of rounds is held against. */
  readonly quantile?: Prediction['quantile'];
}

export interface MarkJson {
  readonly name: MarkName;
  readonly at: string;
  /** Milliseconds since `faultIssued`; null when there was none. */
  readonly atMs: number | null;
  readonly errorMs: number;
  readonly host: string | null;
  readonly witness: Witness;
}

export interface RoundJson {
  readonly round: number;
  readonly from: string;
  readonly to: string | null;
  readonly verdict: Verdict['verdict'];
  readonly why?: string;
  readonly handoverMs: number | null;
  readonly handoverErrorMs: number | null;
  readonly outageMs: number | null;
  readonly outageErrorMs: number | null;
  readonly twoLeadersMs: number | null;
  readonly predictedMs: {
    readonly min: number;
    readonly p50: number;
    readonly p95: number;
    readonly max: number;
  } | null;
  /** The master the fault was done on, where that was not the leader. */
  readonly on?: string;
  /** `zombie` alone: the successor's record emptied, in milliseconds after the fault; null when it was not. */
  readonly emptied?: {
    readonly atMs: number;
    readonly errorMs: number;
    readonly successor: string;
    readonly retakenAtMs: number | null;
    readonly retakenBy: string | null;
  } | null;
  /** Only when it is so: either the rules or the cluster are not what we think. */
  readonly outsideRules?: true;
  /** Sentences on what does not change the verdict but should be known of the round. */
  readonly remarks?: readonly string[];
  readonly marks: readonly MarkJson[];
  /** Absent where none were made. */
  readonly canaries?: RoundCanaries;
  /** What could not be measured, and why; absent when nothing is missing. */
  readonly missing?: readonly string[];
  /** Of `acquired`: everybody who saw it, and how each bounds it. */
  readonly witnesses?: readonly TestimonyJson[];
}

export interface TestimonyJson extends Omit<MarkJson, 'name'> {
  readonly bounds: Testimony['bounds'];
}

export interface SummaryJson extends Summary {
  /** Measured against predicted, from five rounds on. */
  readonly agreement?: RulesAgreement;
}

export interface FailoverJson {
  readonly version: 1;
  readonly tool: string;
  readonly target: string;
  readonly recording: string | null;
  readonly component: ComponentName;
  readonly fault: string;
  readonly lock: {
    kind: LockKind;
    namespace: string;
    name: string;
    leaseDurationSeconds: number | null;
  } | null;
  readonly masters: readonly { name: string; clockOffsetMs: number | null; clockErrorMs: number | null }[];
  readonly rounds: readonly RoundJson[];
  readonly summary: SummaryJson;
  readonly restored: boolean;
  readonly steady: boolean;
}

export function failoverJson(scene: Scene, context: FailoverContext): FailoverJson {
  const { component, fault, recording, restored, steady } = context;
  const startedAtMs = readTime(scene.run?.startedAt ?? '') ?? 0;
  const rounds = scene.timeline.rounds
    .filter((round) => round.component === component)
    .map((round) => settled(round, scene.lastMs));
  const taken = rounds.flatMap(({ handover }) => (handover === null ? [] : [micros(handover.ms)]));
  return {
    version: 1,
    tool: scene.run?.tool ?? '',
    target: scene.run?.target ?? '',
    recording,
    component,
    fault,
    lock: lockJson(scene, component, rounds),
    masters: Object.values(scene.masters).map(({ name, clock }) => ({
      name,
      clockOffsetMs: clock && micros(clock.offsetMs),
      clockErrorMs: clock && micros(clock.offsetErrorMs),
    })),
    rounds: rounds.map((round) => roundJson(round, { context, startedAtMs })),
    summary: { ...summarise(taken), ...agreementIn(rounds, context) },
    restored,
    steady,
  };
}

/** Over rounds that nothing is said against. */
function agreementIn(
  rounds: readonly Round[],
  { predicted }: FailoverContext,
): { readonly agreement?: RulesAgreement } {
  const agreement = agreementOf(
    rounds.flatMap((round) => {
      const quantile = predicted(round)?.quantile;
      return round.handover && quantile && !round.doubts ? [{ ms: round.handover.ms, quantile }] : [];
    }),
  );
  return agreement === null ? {} : { agreement };
}

/** The lock as it was last seen; its lease as the rounds' leader had it, for a released record says 1. */
function lockJson(scene: Scene, component: ComponentName, rounds: readonly Round[]): FailoverJson['lock'] {
  const seen = scene.locks[component]?.seen;
  if (seen === undefined) return null;
  const { kind, namespace, name } = seen.lock;
  const leaseMs = rounds.at(-1)?.terms.leaseDurationMs;
  const leaseDurationSeconds =
    leaseMs === undefined ? (seen.record?.leaseDurationSeconds ?? null) : leaseMs / 1000;
  return { kind, namespace, name, leaseDurationSeconds };
}

/** One round; `startedAtMs` is the wall time its marks count from. */
export function roundJson(
  round: Round,
  {
    context,
    startedAtMs,
  }: { context: Pick<FailoverContext, 'predicted' | 'maxHandoverMs'>; startedAtMs: EpochMs },
): RoundJson {
  const { handover, outage, marks, to, from, twoLeadersMs, canaries } = round;
  const missing = missingOf(round).map((what) => `outage: ${what}`);
  const band = context.predicted(round);
  const { maxHandoverMs } = context;
  const { verdict, why } = verdictOf(round, { maxHandoverMs, longestMs: band?.maxMs ?? null });
  const outside = outsideRules(round, band);
  const remarks = [...(outside === null ? [] : [outside]), ...(round.remarks ?? [])];
  const issuedMs = marks.find(({ name }) => name === 'faultIssued')?.atMs ?? null;
  return {
    round: round.round,
    from,
    to,
    verdict,
    ...(why === null ? {} : { why }),
    handoverMs: handover && micros(handover.ms),
    handoverErrorMs: handover && micros(handover.errorMs),
    outageMs: outage && micros(outage.ms),
    outageErrorMs: outage && micros(outage.errorMs),
    twoLeadersMs: twoLeadersMs === null ? null : micros(twoLeadersMs),
    predictedMs: band && {
      min: micros(band.minMs),
      p50: micros(band.p50Ms),
      p95: micros(band.p95Ms),
      max: micros(band.maxMs),
    },
    ...(round.on !== undefined && { on: round.on }),
    ...emptiedJson(round, issuedMs),
    ...(outside === null ? {} : { outsideRules: true as const }),
    ...(remarks.length === 0 ? {} : { remarks }),
    marks: marks.map((mark) => markJson(mark, { startedAtMs, issuedMs })),
    ...(canaries && {
      canaries: { ...canaries, drainedMs: canaries.drainedMs === null ? null : micros(canaries.drainedMs) },
    }),
    ...(missing.length > 0 && { missing }),
    ...(round.witnesses
      ? { witnesses: round.witnesses.map((one) => testimonyJson(one, { startedAtMs, issuedMs })) }
      : {}),
  };
}

/** What a zombie did to its successor's record; null when it did nothing. Left out for other faults. */
function emptiedJson({ fault, emptied }: Round, issuedMs: number | null): Pick<RoundJson, 'emptied'> {
  if (fault !== 'zombie') return {};
  if (emptied === undefined || issuedMs === null) return { emptied: null };
  const { atMs, errorMs, successor, retakenMs, retakenBy } = emptied;
  return {
    emptied: {
      atMs: micros(atMs - issuedMs),
      errorMs: micros(errorMs),
      successor,
      retakenAtMs: retakenMs === null ? null : micros(retakenMs - issuedMs),
      retakenBy,
    },
  };
}

interface CountFrom {
  readonly startedAtMs: EpochMs;
  readonly issuedMs: number | null;
}

function markJson(mark: Mark, from: CountFrom): MarkJson {
  return { name: mark.name, ...seenJson(mark, from) };
}

function testimonyJson(testimony: Testimony, from: CountFrom): TestimonyJson {
  return { bounds: testimony.bounds, ...seenJson(testimony, from) };
}

function seenJson(seen: Mark | Testimony, from: CountFrom): Omit<MarkJson, 'name'> {
  const { atMs, errorMs, host, witness } = seen;
  return {
    at: writeTime(from.startedAtMs + atMs),
    atMs: from.issuedMs === null ? null : micros(atMs - from.issuedMs),
    errorMs: micros(errorMs),
    host,
    witness,
  };
}

/** Milliseconds with three digits: no clock here is finer than a microsecond. */
export function micros(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
