// A lab as the screens and drivers see it: steps with text, actions and checks. Content comes from `labs/`, state from the stream.
import type { Observation } from './observation.ts';
import type { Scene } from './scene.ts';
import type { Story } from './story.ts';
import type { RunMs } from './time.ts';

export interface LabAction {
  readonly id: string;
  readonly title: string;
  /** Exact command lines with the master each runs on, shown before they run. Host null: this machine. */
  readonly commands: readonly { readonly host: string | null; readonly text: string }[];
  /** Why, and for a fault how it comes back: `by itself after 60 s, even if this laptop dies`. */
  readonly note: string | null;
  /** A fault needs the guess first, and a way back. */
  readonly isFault: boolean;
}

export interface LabCheck {
  readonly id: string;
  readonly title: string;
  /** `edge` passes once; `level` is true or false now, and checked again and again. */
  readonly sort: 'edge' | 'level';
}

export interface LabGuess {
  readonly question: string;
  readonly choices: readonly string[];
}

export interface LabStep {
  readonly id: string;
  readonly title: string;
  /** Markdown: paragraphs, lists, `code`, **strong**; names and numbers of this target already filled in. */
  readonly text: string;
  readonly guess: LabGuess | null;
  readonly actions: readonly LabAction[];
  readonly checks: readonly LabCheck[];
  readonly hints: readonly string[];
  /** Done in an earlier run that this one takes up. */
  readonly passedBefore?: boolean;
  /** Which component's logs stand beside the text; null for none. */
  readonly logs: string | null;
}

export interface LabPlan {
  readonly name: string;
  readonly title: string;
  readonly steps: readonly LabStep[];
}

/** What a person asks of a running lab. */
export type LabIntent =
  | { readonly want: 'act'; readonly action: string }
  | { readonly want: 'guess'; readonly choice: string }
  | { readonly want: 'next' }
  | { readonly want: 'back' }
  | { readonly want: 'redo' }
  | { readonly want: 'goto'; readonly step: string };

/** The controls of a replay. Positions are milliseconds of the recorded run. */
export interface Playback {
  readonly playing: boolean;
  /** 1 is as it happened. */
  readonly speed: number;
  readonly positionMs: RunMs;
  readonly lengthMs: number;
  toggle(): void;
  faster(): void;
  slower(): void;
  /** Going back begins the stream anew: the first observation after it has kind `run`. */
  seek(positionMs: RunMs): void;
  nextMark(): void;
  previousMark(): void;
  /** To shortly before the next fault, or where there are none to the next take-over. */
  nextHandover(): void;
  previousHandover(): void;
}

/** Where a long recording is taken up in its midst: what all before came to. */
export interface Standpoint {
  readonly scene: Scene;
  /** Of the last observation in it. */
  readonly seq: number;
  /** Of a lab's recording. */
  readonly story?: Story;
}

/** A running lab, or a replayed one, to whoever draws it. */
export interface LabFeed {
  /** What the first observation is waited for by; `the masters` when left out. */
  readonly waitingFor?: string;
  /** Whether a lab's steps are still to come: the screens say so. */
  opening?(): boolean;
  /** False where the run is not kept: screens must not say that they record. */
  readonly recorded?: boolean;
  /** Null for `watch` and `failover`: the same screens without steps. May change as names and numbers become known. */
  plan(): LabPlan | null;
  /** What has been measured, in words, for a step; filled from the stream. Null until there is something to explain. */
  explanation(step: string): string | null;
  /**
   * Every observation so far and from now on, in order. Returns the way to stop. A replay of a long recording tells `resume`
   * what all before came to, at first and wherever it jumps, instead of beginning anew.
   */
  subscribe(listener: (observation: Observation) => void, resume?: (from: Standpoint) => void): () => void;
  /** Asks for something; refusals come back as `problem` observations. */
  intend(intent: LabIntent): void;
  /** The run's clock now, milliseconds since its start: for stopwatches. Replays return the replayed clock. */
  nowMs(): number;
  /** Only replays have it. A getter: its fields are read anew for each frame. */
  readonly playback?: Playback;
}
