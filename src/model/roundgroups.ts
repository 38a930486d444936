// Rounds of any number of recordings, together where they ask the same question: component, fault, lock and terms.
import { agreementOf, type RulesAgreement } from './agreement.ts';
import type { LockKind } from './lock.ts';
import type { ElectionTerms } from './observation.ts';
import type { Prediction } from './prediction.ts';
import type { RoundTold, RunTold } from './runtold.ts';
import { type Summary, summarise } from './statistics.ts';

export interface Placed {
  readonly run: RunTold;
  readonly told: RoundTold;
}

export interface RoundGroup {
  readonly component: string;
  readonly fault: string;
  /** Another than the leader was struck: then no handover is expected. */
  readonly onStandby: boolean;
  /** The killed process was let come back, and may have taken its own lock. */
  readonly restarts: boolean;
  /** Null where the lock was not seen. */
  readonly lock: LockKind | null;
  readonly terms: ElectionTerms;
  readonly standbys: number;
  readonly rounds: readonly Placed[];
  /** Those with a handover that nothing is said against, in the order recorded; milliseconds. */
  readonly counted: readonly (Placed & { readonly ms: number; readonly errorMs: number })[];
  readonly summary: Summary;
  /** Null where the rules say nothing of it. */
  readonly prediction: Prediction | null;
  /** From when the lengths count. */
  readonly from: 'fault' | 'storeBack';
  readonly agreement: RulesAgreement | null;
}

/** In the order in which each question was first asked. */
export function groupsOf(runs: readonly RunTold[]): readonly RoundGroup[] {
  const groups = new Map<string, Placed[]>();
  for (const run of runs)
    for (const told of run.rounds) {
      const key = keyOf(told);
      const group = groups.get(key);
      if (group) group.push({ run, told });
      else groups.set(key, [{ run, told }]);
    }
  return [...groups.values()].map(groupOf);
}

/** What is asked, as one text: two groups with the same answer the same question. */
export function keyOf({ round, lock, standbys, restarts }: RoundTold): string {
  const { component, fault, on, terms } = round;
  return JSON.stringify([component, fault, on !== undefined, restarts, lock, terms, standbys]);
}

function groupOf(rounds: readonly Placed[]): RoundGroup {
  const [first] = rounds;
  if (!first) throw new Error('a group without a round');
  const { round, lock, standbys, restarts, expected } = first.told;
  const onStandby = round.on !== undefined;
  const counted = rounds.flatMap((placed) => {
    const { counted: span, round: of } = placed.told;
    return span === null || of.doubts ? [] : [{ ...placed, ms: span.ms, errorMs: span.errorMs }];
  });
  const prediction = onStandby ? null : (expected?.prediction ?? null);
  return {
    component: round.component,
    fault: round.fault,
    onStandby,
    restarts,
    lock,
    terms: round.terms,
    standbys,
    rounds,
    counted,
    summary: summarise(counted.map(({ ms }) => ms)),
    prediction,
    from: expected?.from ?? 'fault',
    agreement:
      prediction === null
        ? null
        : agreementOf(counted.map(({ ms }) => ({ ms, quantile: prediction.quantile }))),
  };
}
