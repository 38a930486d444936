// A whole recording as a report tells it: its masters, its rounds and what stood around each, how it ended.
import type { LockKind } from './lock.ts';
import type { ElectionTerms, Problem, RunBegun, Stamp } from './observation.ts';
import type { FaultPrediction } from './predictfault.ts';
import type { Round, Span } from './round.ts';
import type { Beat } from './runbeats.ts';
import type { LogKept } from './runlogs.ts';
import type { Standing } from './standing.ts';
import type { Verdict } from './verdict.ts';

/** One round with what a report says beside it. */
export interface RoundTold {
  readonly round: Round;
  /** What the lock was; null where it was not seen. */
  readonly lock: LockKind | null;
  /** Kubernetes version of the leader's component; null when not known. */
  readonly version: string | null;
  readonly standbys: number;
  /** systemd was let start the killed process again. */
  readonly restarts: boolean;
  /** By the rules; null where nothing is known of such a fault. */
  readonly expected: FaultPrediction | null;
  /** What is held against the rules: the handover, for `etcd` from the store's return. Null where there is none. */
  readonly counted: Span | null;
  readonly verdict: Verdict;
  /** One sentence where it lies outside what the rules allow. */
  readonly outside: string | null;
  readonly before: Standing;
  /** Null for a round that never ended. */
  readonly after: Standing | null;
  /** Sentences on what was there before and not after. */
  readonly lost: readonly string[];
  /** Whether the way back was taken down again on every master it was armed on; null where none was armed. */
  readonly disarmed: boolean | null;
  /** What leader and standbys did with the lock meanwhile, by their own logs. */
  readonly beats: readonly Beat[];
}

/** A component on a master as the report's environment shows it. */
export interface InstanceTold {
  readonly component: string;
  readonly unit: string;
  readonly version: string | null;
  readonly argv: readonly string[];
  readonly terms: ElectionTerms | null;
}

export interface MasterTold {
  readonly name: string;
  readonly address: string;
  /** Host's clock minus ours, the last measured. */
  readonly clock: { readonly offsetMs: number; readonly errorMs: number } | null;
  readonly apiVersion: string | null;
  readonly instances: readonly InstanceTold[];
}

export interface RunTold {
  /** As it was named; null when it has no file. */
  readonly file: string;
  readonly run: RunBegun;
  readonly masters: readonly MasterTold[];
  readonly rounds: readonly RoundTold[];
  readonly problems: readonly (Stamp & Problem)[];
  /** Exit code of the run; null when its end is missing. */
  readonly exit: number | null;
  /** Sentences on what is missing of it: its end, lines of a newer kha-lab. Null where nothing is. */
  readonly cut: string | null;
  readonly lengthMs: number;
  /** Kept lines of followed logs by corrected time, where they were asked for. */
  readonly logs: readonly LogKept[];
  /** How many lines were read and not kept. */
  readonly logsLeftOut: number;
}

/** What a run goes by: the seat it was made at, else its file without folder and ending. */
export function runName({ file, run }: Pick<RunTold, 'file' | 'run'>): string {
  return run.seat ?? (file.split('/').at(-1) ?? file).replace(/\.ndjson(\.gz)?$/, '');
}

/** Whether every round of a run was put back: by its exit code, else by the marks. Null where the recording does not say. */
export function restoredIn({ exit, rounds, problems }: RunTold): boolean | null {
  if (exit === 6 || problems.some(({ code }) => code === 'not-restored')) return false;
  if (rounds.length === 0) return null;
  const back = rounds.every(({ round }) => {
    const seen = (name: string) => round.marks.some((mark) => mark.name === name);
    return !seen('faultIssued') || seen('restored');
  });
  return back ? true : exit === null ? null : false;
}

/** Whether the masters were steady again after each round. Null where the recording does not say. */
export function steadyIn({ exit, rounds, problems }: RunTold): boolean | null {
  if (exit === 5 || exit === 6 || problems.some(({ code }) => code === 'not-steady')) return false;
  if (rounds.length === 0 || exit === null) return null;
  return rounds.every(({ after, lost }) => after !== null && lost.length === 0);
}
