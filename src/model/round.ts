// One fault and its way back, as the fold of the stream shows it: marks, handover, outage.
import type { ComponentName } from './lock.ts';
import type { ElectionTerms } from './observation.ts';
import type { RunMs } from './time.ts';

export type MarkName =
  | 'lastRenew'
  | 'faultIssued'
  | 'released'
  | 'leaseLost'
  | 'instanceGone'
  | 'leaseExpired'
  | 'acquired'
  | 'firstWork'
  | 'faultEnded'
  | 'restored';

export type Witness =
  | 'fault command'
  | 'log line'
  | 'lock record'
  | 'lock watch'
  | 'LeaderElection event'
  | 'unit state'
  | 'canary pod'
  | 'rules'
  | 'way back';

/** A labelled instant of a round, on the run's clock, with the half-width of its error and who saw it. */
export interface Mark {
  readonly name: MarkName;
  readonly atMs: RunMs;
  readonly errorMs: number;
  readonly host: string | null;
  readonly witness: Witness;
}

/** The successor's record as the old leader left it, and when somebody took it again. */
export interface Emptied {
  readonly atMs: RunMs;
  readonly errorMs: number;
  /** Whose record it was. */
  readonly successor: string;
  /** Null until seen. */
  readonly retakenMs: RunMs | null;
  readonly retakenBy: string | null;
}

/** What one witness says of the moment the lock was taken: the moment itself, or a bound of it. */
export interface Testimony {
  readonly witness: Witness;
  readonly bounds: 'at' | 'notBefore' | 'notAfter';
  readonly atMs: RunMs;
  readonly errorMs: number;
  /** Whose word it is, or through whose API server it was seen. */
  readonly host: string | null;
}

/** A measured length: the true one lies within `ms ± errorMs`. */
export interface Span {
  readonly ms: number;
  readonly errorMs: number;
}

/** The canaries of a round: what waited for the new leader, and how long it took to work that off. */
export interface RoundCanaries {
  /** One was made every so many milliseconds. */
  readonly everyMs: number;
  readonly made: number;
  /** How many waited when the lock was taken; null until it was. */
  readonly backlog: number | null;
  /** From `acquired` until every one made during the outage was done; null until then. */
  readonly drainedMs: number | null;
}

export interface Round {
  readonly round: number;
  readonly component: ComponentName;
  readonly fault: string;
  readonly from: string;
  /** The master that took the lock; null until seen. */
  readonly to: string | null;
  readonly terms: ElectionTerms;
  /** Sorted by time; each only if seen. */
  readonly marks: readonly Mark[];
  /** From `faultIssued` to `acquired`. */
  readonly handover: Span | null;
  /** Absent where none were made. */
  readonly canaries?: RoundCanaries;
  /** Why there were none, in words that follow a colon; absent where there were, or where nobody said. */
  readonly noCanaries?: string;
  /** From the last piece of work before the fault took effect to the first of the new leader. */
  readonly outage: Span | null;
  readonly twoLeadersMs: number | null;
  /** The master the fault is done on, where that is not the leader: then no handover is expected. */
  readonly on?: string;
  /** The old leader came back and took the lock itself. */
  readonly cameBack?: true;
  /** A zombie emptied the record of its successor; absent when it did not. */
  readonly emptied?: Emptied;
  /** When the standbys last looked at the lock, by master: what narrows the expected moment. */
  readonly lastLooks: Readonly<Record<string, RunMs>>;
  readonly phase: 'begun' | 'armed' | 'faulted' | 'handedOver' | 'ended';
  /** Everybody who saw the lock being taken; absent while nobody did. */
  readonly witnesses?: readonly Testimony[];
  /** Sentences on clocks that were set or ran badly meanwhile: the errors are the wider for it. Absent when none did. */
  readonly remarks?: readonly string[];
  /** Sentences on witnesses that contradict each other beyond their error bars; absent when they agree. */
  readonly doubts?: readonly string[];
  /** Until when the master puts the instance back by itself; null when not armed. */
  readonly returnsAtMs: RunMs | null;
}
