// The words of leader election: what a candidate knows, is told, says and does next.
import type { ElectionRules } from './electionrules.ts';
import type { LockRecord } from './lock.ts';
import type { ElectionTerms } from './observation.ts';

export interface Candidate {
  readonly identity: string;
  readonly terms: ElectionTerms;
  readonly rules: ElectionRules;
}

/** The state of the world outside at one step. */
export interface Moment {
  /** A monotonic clock, milliseconds. Everything is decided by it. */
  readonly nowMs: number;
  /** Wall clock, epoch milliseconds: only written into records. */
  readonly wallMs: number;
  /** Uniform in 0..1, drawn for this step. */
  readonly draw: number;
}

export type LockRequest =
  | { readonly verb: 'get' }
  | { readonly verb: 'create'; readonly record: LockRecord }
  | { readonly verb: 'update'; readonly record: LockRecord; readonly resourceVersion: string };

/** What came of a request. `failed` is everything without an answer that helps: refused, timed out, conflict. */
export type Answer =
  | { readonly is: 'found'; readonly record: LockRecord; readonly resourceVersion: string }
  | { readonly is: 'written'; readonly resourceVersion: string }
  | { readonly is: 'notFound'; readonly reason: string }
  | { readonly is: 'failed'; readonly reason: string };

export type ElectionEvent =
  /** The wait is over. Too early does no harm. */
  | { readonly is: 'woke' }
  | { readonly is: 'answer'; readonly id: number; readonly answer: Answer }
  /** Told to stop (SIGTERM, where it is handled). */
  | { readonly is: 'cancel' };

/** What a component prints or emits at a step, in order. */
export type Saying =
  | { readonly is: 'attempting' }
  | { readonly is: 'held'; readonly holder: string }
  | { readonly is: 'notAcquired' }
  /** Emits the LeaderElection event. */
  | { readonly is: 'becameLeader' }
  | { readonly is: 'acquired' }
  | { readonly is: 'renewed' }
  | { readonly is: 'gaveUp'; readonly reason: string }
  | { readonly is: 'requestFailed'; readonly during: Step; readonly reason: string }
  /** To be released, but it is not there any more. */
  | { readonly is: 'lockGone' }
  | { readonly is: 'released' };

/** What to do until the next event. A request that is still open when another `Next` comes is to be dropped. */
export type Next =
  | {
      readonly do: 'request';
      readonly id: number;
      readonly request: LockRequest;
      /** Monotonic time at which to drop it and answer `failed`; null: never. */
      readonly dropAtMs: number | null;
    }
  | { readonly do: 'wait'; readonly untilMs: number }
  /** Nothing changed: whatever is under way goes on. */
  | { readonly do: 'goOn' }
  | { readonly do: 'end'; readonly why: 'lost' | 'stopped' };

/** What a request is made for. */
export type Step = 'fastPath' | 'get' | 'create' | 'update' | 'releaseGet' | 'release';

/** How a try began: what counts for all of its steps, however long its requests take. */
export interface Began {
  readonly nowMs: number;
  readonly wallMs: number;
  /** What its fast path failed to write. Its acquireTime stays in what the try writes next, even where it takes anew. */
  readonly refused: LockRecord | null;
}

export interface Try {
  readonly id: number;
  readonly step: Step;
  readonly began: Began;
  /** From when on an answer comes too late to count; null: never. */
  readonly dropAtMs: number | null;
  readonly record: LockRecord | null;
}

export interface ElectionState {
  readonly phase: 'standby' | 'leading' | 'leaving' | 'ended';
  /** The record last seen or written, and when it was first seen so. */
  readonly observed: { readonly record: LockRecord; readonly atMs: number } | null;
  readonly resourceVersion: string | null;
  /** The renew round under way. */
  readonly round: { readonly startedMs: number } | null;
  readonly open: Try | null;
  readonly wakeAtMs: number;
  readonly requests: number;
  readonly leaveAs: 'lost' | 'stopped';
}

export interface Turn {
  readonly state: ElectionState;
  readonly says: readonly Saying[];
  readonly next: Next;
}

/** A turn that waits; a time that has passed means at once. */
export function waitUntil(state: ElectionState, untilMs: number): Turn {
  return { state: { ...state, wakeAtMs: untilMs }, says: [], next: { do: 'wait', untilMs } };
}

export function ended(state: ElectionState): Turn {
  return { state, says: [], next: { do: 'end', why: state.leaveAs } };
}

export function saying(said: readonly Saying[], turn: Turn): Turn {
  return { ...turn, says: [...said, ...turn.says] };
}

export function goOn(state: ElectionState): Turn {
  return { state, says: [], next: { do: 'goOn' } };
}
