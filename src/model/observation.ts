// The stream: everything a run sees is one of these, and everything a person sees is a fold of them.
import type { ComponentName, LockName, LockRecord } from './lock.ts';
import type { LogEvent } from './logevent.ts';
import type { RunBegun } from './runbegun.ts';
import type { EpochMs, RunMs } from './time.ts';
import type { AskSeen, WaysSeen } from './waysseen.ts';

export type { RunBegun, RunInventory, RunMaster } from './runbegun.ts';

/** Where and when. `seq` is the order of recording; `atMs ± errorMs` is when it happened, on the observer's clock. */
export interface Stamp {
  readonly seq: number;
  readonly atMs: RunMs;
  readonly errorMs: number;
  /** The master it was seen on; null when it is not of one master. */
  readonly host: string | null;
}

export interface HostSeen {
  readonly kind: 'host';
  readonly state: 'connecting' | 'up' | 'lost' | 'closed';
  readonly roundTripMs: number | null;
  readonly detail: string | null;
}

export interface ClockMeasured {
  readonly kind: 'clock';
  /** Host's clock minus ours. The stamp's `errorMs` is of the instant; this is of the offset. */
  readonly offsetMs: number;
  readonly offsetErrorMs: number;
}

/** Timing a component elects by, from its flags or their defaults. */
export interface ElectionTerms {
  readonly leaseDurationMs: number;
  readonly renewDeadlineMs: number;
  readonly retryPeriodMs: number;
  /** Whether a clean stop empties the lock's record (kube-scheduler from 1.22). Null: not known. */
  readonly releasesOnStop: boolean | null;
}

export type LogPlace =
  | { readonly at: 'journal'; readonly unit: string }
  | { readonly at: 'file'; readonly path: string };

/** A component on a master, as its unit shows it. */
export interface InstanceSeen {
  readonly kind: 'instance';
  readonly component: string;
  readonly unit: string;
  /** systemd's ActiveState: active, inactive, failed, activating … or `missing` when there is no such unit. */
  readonly active: string;
  readonly sub: string;
  readonly enabled: string;
  readonly pid: number | null;
  /** The program and its flags, as the unit gives them. */
  readonly argv: readonly string[];
  readonly logs: LogPlace | null;
  readonly terms: ElectionTerms | null;
  /** Kubernetes version of the binary or of its API server, `v1.36.3`; null when not known. */
  readonly version: string | null;
}

/** One line of a followed log. The stamp is its written time through the offset; where it has none, its arrival. */
export interface LogLine {
  readonly kind: 'log';
  readonly component: string;
  /** Sanitised, whole. */
  readonly line: string;
  readonly event: LogEvent | null;
  /** Written time on the host's own clock, epoch milliseconds; null when the line has none. */
  readonly writtenMs: EpochMs | null;
  readonly arrivedMs: RunMs;
}

/** The followed log could not be read for a while, or lines could not be kept. */
export interface LogGap {
  readonly kind: 'gap';
  readonly component: string;
  readonly reason: string;
}

/** The lock's object as one API server (`host`) showed it. */
export interface LockSeen {
  readonly kind: 'lock';
  readonly component: ComponentName;
  readonly lock: LockName;
  readonly change: 'initial' | 'changed' | 'deleted';
  readonly record: LockRecord | null;
  readonly resourceVersion: string;
}

/** Who leads, as the lock says: derived at once from a lock change, kept in the stream for readers of `watch --json`. */
export interface LeaderSeen {
  readonly kind: 'leader';
  readonly component: ComponentName;
  /** The record's holder, as written; null when nobody holds it. */
  readonly holder: string | null;
  /** The master of that name; null when it is none of ours. */
  readonly master: string | null;
}

export interface ApiSeen {
  readonly kind: 'api';
  readonly ready: boolean;
  readonly version: string | null;
  readonly detail: string | null;
}

/** The endpoints of the `kubernetes` service, `ip:port` each. */
export interface EndpointsSeen {
  readonly kind: 'endpoints';
  readonly addresses: readonly string[];
}

/** A Kubernetes Event with reason LeaderElection. */
export interface EventSeen {
  readonly kind: 'event';
  readonly component: string;
  readonly object: string;
  readonly message: string;
  readonly time: string | null;
}

/** A pod made by a lab to be looked at, as the API showed it. */
export interface PodSeen {
  readonly kind: 'pod';
  /** `NAMESPACE/NAME` */
  readonly name: string;
  /** Kubernetes' own word, `Pending`, `Running` and so on, or `gone`. */
  readonly phase: string;
  readonly node: string | null;
  /** Of its first container, as its runtime names it; null before it was started. */
  readonly container: string | null;
}

/** A command shown and then run, here (`host` null) or on a master, exactly as typed. */
export interface CommandRun {
  readonly kind: 'command';
  readonly text: string;
  readonly why: string;
  readonly phase: 'shown' | 'ran';
  readonly code: number | null;
  readonly tookMs: number | null;
  /** Sanitised output, cut to what a person reads; absent when it is of no interest. */
  readonly output?: string;
}

export interface RoundBegun {
  readonly kind: 'round';
  readonly round: number;
  readonly phase: 'begun' | 'ended';
  readonly component: ComponentName;
  readonly fault: string;
  /** The master that leads when the round begins. */
  readonly from: string;
  /** The master the fault is done on, where that is not the leader. */
  readonly on?: string;
  /** systemd may start the killed process again: then it may take the lock itself. */
  readonly restarts?: true;
  readonly terms: ElectionTerms;
  /** Absent in older recordings. */
  readonly canaries?: CanaryPlan;
}

/** How the outage is watched in a round, or why it is not, in words that follow a colon. */
export type CanaryPlan =
  | { readonly everyMs: number; readonly namespace: string }
  | { readonly missing: string };

/** Steps of one fault and its way back. `issued` and `effective` carry the host's own clock, read by the fault's command line. */
export interface FaultStep {
  readonly kind: 'fault';
  readonly round: number;
  readonly component: ComponentName;
  readonly fault: string;
  readonly phase: 'armed' | 'issued' | 'effective' | 'ended' | 'restored' | 'disarmed';
  /** For `armed`: how long until the master puts the instance back by itself. */
  readonly returnsInMs?: number;
  readonly detail?: string;
}

/** A canary: made, or worked on: a pod that a scheduler decided on, a controller that was given its pod. */
export interface CanarySeen {
  readonly kind: 'canary';
  /** `NAMESPACE/NAME`; recordings up to 0.1 have the name alone. */
  readonly name: string;
  readonly phase: 'created' | 'scheduled' | 'unschedulable' | 'replicated';
  readonly node: string | null;
  /** Whose work it waits for; absent in older recordings, where it is the scheduler's. */
  readonly component?: ComponentName;
}

export interface CheckDone {
  readonly kind: 'check';
  readonly id: string;
  readonly title: string;
  readonly ok: boolean;
  readonly detail: string;
  readonly command: string | null;
  readonly tookMs: number;
  readonly tryThis?: string;
  /** The lab step it belongs to. */
  readonly step?: string;
}

export interface StepChanged {
  readonly kind: 'step';
  readonly step: string;
  readonly phase: 'entered' | 'passed';
  /** Entered to be done once more: what was done in it before counts no longer. */
  readonly again?: true;
}

export interface Guessed {
  readonly kind: 'guess';
  readonly step: string;
  readonly choice: string;
}

/** Something went wrong that a person should know; the run may go on. */
export interface Problem {
  readonly kind: 'problem';
  readonly code: string;
  readonly message: string;
  readonly tryThis: string;
}

export interface RunEnded {
  readonly kind: 'end';
  readonly exit: number;
}

export type Seen =
  | RunBegun
  | HostSeen
  | ClockMeasured
  | InstanceSeen
  | LogLine
  | LogGap
  | LockSeen
  | LeaderSeen
  | ApiSeen
  | EndpointsSeen
  | EventSeen
  | PodSeen
  | WaysSeen
  | AskSeen
  | CommandRun
  | RoundBegun
  | FaultStep
  | CanarySeen
  | CheckDone
  | StepChanged
  | Guessed
  | Problem
  | RunEnded;

export type Observation = Stamp & Seen;

/** What a witness hands to the run's recorder, which numbers it and turns the clock's time into the run's. */
export interface Sighting {
  readonly seen: Seen;
  readonly host: string | null;
  /** When it happened, on the observer's clock. */
  readonly atMs: EpochMs;
  readonly errorMs: number;
}

/** Takes what was seen; returns nothing, never throws: recording is the recorder's care. */
export type Observe = (sighting: Sighting) => void;
