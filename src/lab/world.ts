// What a lab needs of the run around it: the one door between the lab's engine and everything that touches masters.
import type { PodWish } from '../experiment/podcommands.ts';
import type { Argv } from '../hosts/host.ts';
import type { ComponentName } from '../model/lock.ts';
import type { Observation, Seen } from '../model/observation.ts';
import type { Round } from '../model/round.ts';
import type { RunMs } from '../model/time.ts';

/** How long a handover should take by the rules, in milliseconds; `minMs` and `maxMs` are closed bounds. */
export interface Band {
  readonly minMs: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly maxMs: number;
}

export interface CommandText {
  /** The master it runs on; null for this machine. */
  readonly host: string | null;
  readonly text: string;
}

/** Clients ask through every way in while the API server of `on` is stopped for so many milliseconds. */
export interface WaysRequest {
  readonly on: string;
  readonly holdMs: number;
  /** As in a crash, instead of stopped. */
  readonly killed: boolean;
}

/** What a lab's texts are filled from besides the stream. A replay can give all of it too. */
export interface LabSource {
  readonly masters: readonly { readonly name: string; readonly address: string }[];
  /** Every round so far, oldest first: the timeline's fold. */
  rounds(): readonly Round[];
  /** By the timing the component runs with now; null until that is known. */
  predicted(component: ComponentName): Band | null;
  /** How long a round should have taken, by its own fault and terms; null where that is not known. */
  expected(round: Round): Band | null;
  /** Where this run is recorded; null when it is not. */
  readonly recording: string | null;
  /** Exactly what would be typed on the master, sudo included. */
  commandLine(master: string, argv: Argv, sudo: boolean): string;
  /** The exact commands of a fault, the way back included. Throws a KhaError while the leader is not known. */
  planFault(request: { readonly component: ComponentName; readonly fault: string }): readonly CommandText[];
  /** As `planFault`, for asking through the ways in. */
  planWays(request: WaysRequest): readonly CommandText[];
}

/** A running target. Promises reject with a KhaError; the engine turns it into a `problem` observation. */
export interface LabWorld extends LabSource {
  /** Puts a step, check, guess or problem into the stream: now, of no one master. Never throws. */
  note(seen: Seen): void;
  /** Every observation so far, then each new one, in order. Returns the way to stop. */
  subscribe(listener: (observation: Observation) => void): () => void;
  /** Runs a command on a master and records it as `command` observations, `ran` with exit code and output. */
  run(
    master: string,
    argv: Argv,
    options: { readonly sudo: boolean; readonly why: string },
  ): Promise<{ readonly code: number | null; readonly output: string }>;
  /** One whole round, its way back included: resolves once the master is verified to be as it was found. */
  fault(request: {
    readonly component: ComponentName;
    readonly fault: string;
    readonly signal: AbortSignal;
  }): Promise<void>;
  /** One round of a stopped API server, its way back included, asked through all the while. */
  tryWays(request: WaysRequest & { readonly signal: AbortSignal }): Promise<void>;
  /** Makes a pod that is watched from then on, and noted, so that it is deleted even if this run dies. */
  makePod(pod: PodWish, why: string): Promise<void>;
  /** Resolves once it is gone. */
  removePod(name: string, why: string): Promise<void>;
  /** Deletes what was made and is still there. */
  putAway(): Promise<void>;
  /** The run's clock: milliseconds since its start. */
  nowMs(): RunMs;
}
