// A lab's story before a block of an index: what its steps and rounds began from.
import type { RoundBegun } from '../../model/observation.ts';
import type { Round } from '../../model/round.ts';
import type { Moment, RoundStory, Story } from '../../model/story.ts';
import { type KeptMoment, keptMoment, momentOf } from './keptmoment.ts';

export interface KeptStory extends Pick<Story, 'redone' | 'ways'> {
  readonly entered: KeptMoment;
  /** By component. */
  readonly rounds: Readonly<Record<string, Omit<RoundStory, 'before'> & { readonly before: KeptMoment }>>;
  /** Whose round is the newest; null before the first. */
  readonly newest: RoundBegun['component'] | null;
}

/** @param from which of the table's rounds is the first of the run. */
export function keptStory({ entered, rounds, round, redone, ways }: Story, from: number): KeptStory {
  const kept = Object.entries(rounds).map(([component, one]) => [
    component,
    { ...one, before: compared(one.before, from) },
  ]);
  return {
    ...{ redone, ways },
    entered: compared(entered, from),
    rounds: Object.fromEntries(kept),
    newest: round?.begun.component ?? null,
  };
}

/** What was seen lately is there for a round that is about to begin: none begins in a moment to compare with. */
function compared(moment: Moment, from: number): KeptMoment {
  return { ...keptMoment(moment, from), lately: [] };
}

export function storyOf(kept: KeptStory, now: Moment, rounds: readonly Round[]): Story {
  const { entered, newest, redone, ways } = kept;
  const told: Record<string, RoundStory> = {};
  for (const [component, one] of Object.entries(kept.rounds))
    told[component] = { ...one, before: momentOf(one.before, rounds) };
  return {
    ...now,
    ...{ redone, ways },
    entered: momentOf(entered, rounds),
    rounds: told,
    round: newest === null ? null : (told[newest] ?? null),
  };
}
