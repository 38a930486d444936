// What a round is asked to do, and what it tells when it is over.
import type { FaultKind } from '../../model/faultkind.ts';
import type { ComponentName } from '../../model/lock.ts';
import type { CanaryPlan, ElectionTerms } from '../../model/observation.ts';
import type { EpochMs } from '../../model/time.ts';
import type { FaultDesign } from '../faults/design.ts';
import type { Snapshot } from '../restore.ts';
import type { Stage } from '../stage.ts';
import type { Target, TargetMaster } from '../target.ts';
import type { Witness } from '../watch/witness.ts';
import type { Watching } from '../watching.ts';

/** Which master a fault is done on: the one that leads, one that stands by, or one by name. */
export type FaultPlace = 'leader' | 'standby' | (string & {});

export interface RoundRequest extends Witness {
  readonly target: Target;
  readonly watching: Watching;
  readonly stage: Stage;
  readonly component: ComponentName;
  readonly fault: FaultKind;
  readonly on: FaultPlace;
  /** How long the fault lasts at least, in milliseconds; 0: until the handover was seen. */
  readonly holdMs: number;
  /** A killed process may be started again by systemd. */
  readonly letRestart: boolean;
  /** It lasts just `holdMs`, whether or not somebody takes over meanwhile. */
  readonly holdOnly: boolean;
  /** `apiserver`: killed instead of stopped. */
  readonly killed: boolean;
  readonly round: number;
  /** Uniform in [0, 1), seeded: how long the fault waits within one retry period. */
  readonly random: () => number;
  readonly startedMs: EpochMs;
  /** Where unfinished business is noted; null for a sandbox of this run, which ends with it. */
  readonly pendingFolder: string | null;
  /** Aborts the waiting for steadiness after the way back, never the way back itself. */
  readonly hurry: AbortSignal;
  readonly allowNotEnabled: boolean;
  /** Whether canaries are being made, so that the new leader's first work will be seen; where, or why not. */
  readonly canaries: CanaryPlan;
}

export interface RoundOutcome {
  /** Null when everything is as it was; else what is left, in a sentence. */
  readonly notRestored: string | null;
  /** Null when the state was steady again; else what was not. */
  readonly notSteady: string | null;
}

/** A round that may begin: who leads, what will be done to whom, and how everything was before. */
export interface Scheduled {
  readonly leader: TargetMaster;
  readonly design: FaultDesign;
  readonly terms: ElectionTerms;
  readonly snapshots: readonly Snapshot[];
}
