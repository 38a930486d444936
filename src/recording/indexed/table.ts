// What an index of a long recording says: where its blocks lie, and what everything before each comes to.

import type { Evidence } from '../../model/evidence.ts';
import type { Standpoint } from '../../model/labplan.ts';
import type { Observation } from '../../model/observation.ts';
import type { Round } from '../../model/round.ts';
import type { Scene } from '../../model/scene.ts';
import type { RunMs } from '../../model/time.ts';
import { type Known, type OpenRound, timelineOf } from '../../model/timeline.ts';
import { itemsOf, trailOf } from '../../model/trail.ts';
import type { CuesFound } from '../cues.ts';

/** A stretch of a file, in bytes. */
export interface Piece {
  readonly at: number;
  readonly bytes: number;
}

/** A few megabytes of whole lines. */
export interface Block {
  /** Of the recording; of the index, deflated, where the recording is gzipped and cannot be read from its midst. */
  readonly lines: Piece;
  /** The latest moment that anything up to its end is shown at. */
  readonly highestMs: RunMs;
  /** A `KeptStanding` of all before it, in the index; null for the first. */
  readonly standing: Piece | null;
}

export interface Table {
  /** Which recording, as it was then, and which kha-lab read it. */
  readonly of: Source;
  readonly packed: boolean;
  readonly blocks: readonly Block[];
  readonly cues: CuesFound;
  /** The recording's first observation. */
  readonly begun: Observation;
  /** What a person should know of it, told after its end. */
  readonly ending: readonly Observation[];
  /** All rounds that came to an end, in order: standings say how many of them they have. */
  readonly rounds: readonly Round[];
}

/** An index holds only for the same file, unchanged, and the same program. */
export interface Source {
  readonly file: string;
  readonly bytes: number;
  readonly modifiedMs: number;
  readonly changedMs: number;
  readonly program: string;
}

export interface KeptStanding {
  readonly seq: number;
  readonly scene: Omit<Scene, 'timeline'>;
  readonly facts: Known['facts'];
  readonly lately: readonly Evidence[];
  readonly open: { readonly begun: OpenRound['begun']; readonly evidence: readonly Evidence[] } | null;
  /** Of the table's rounds. */
  readonly closed: { readonly from: number; readonly count: number };
}

export function keptOf({ scene, seq }: Standpoint, from: number): KeptStanding {
  const { timeline, ...rest } = scene;
  const { closed, open, lately, facts } = timeline;
  return {
    ...{ seq, scene: rest, facts },
    lately: itemsOf(lately),
    open: open && { begun: open.begun, evidence: itemsOf(open.evidence) },
    closed: { from, count: closed.length },
  };
}

export function standpointOf(
  { seq, scene, facts, lately, open, closed: { from, count } }: KeptStanding,
  rounds: readonly Round[],
): Standpoint {
  const timeline = timelineOf({
    facts,
    closed: rounds.slice(from, from + count),
    lately: trailOf(lately),
    open: open && { begun: open.begun, evidence: trailOf(open.evidence) },
  });
  return { seq, scene: { ...scene, timeline } };
}
