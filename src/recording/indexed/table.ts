// What an index of a long recording says: where its blocks lie, and what everything before each comes to.
import type { Standpoint } from '../../model/labplan.ts';
import type { Observation } from '../../model/observation.ts';
import type { Round } from '../../model/round.ts';
import type { Story } from '../../model/story.ts';
import type { RunMs } from '../../model/time.ts';
import type { CuesFound } from '../cues.ts';
import { type KeptMoment, keptMoment, momentOf } from './keptmoment.ts';
import { type KeptStory, keptStory, storyOf } from './keptstory.ts';

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

export interface KeptStanding extends KeptMoment {
  /** Of a lab. */
  readonly story: KeptStory | null;
}

/** @param from which of the table's rounds is the first of the run. */
export function keptOf(story: Story, from: number): KeptStanding {
  const isLab = story.scene.run?.lab !== undefined;
  return { ...keptMoment(story, from), story: isLab ? keptStory(story, from) : null };
}

export function standpointOf({ story, ...moment }: KeptStanding, rounds: readonly Round[]): Standpoint {
  const now = momentOf(moment, rounds);
  return story === null ? now : { ...now, story: storyOf(story, now, rounds) };
}
