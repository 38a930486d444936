// What a lab's texts may draw on at one moment: the story so far, the round that counts, the guess.
import type { Round } from '../model/round.ts';
import type { Lab, Step } from './format.ts';
import type { Story } from './story.ts';
import type { LabSource } from './world.ts';

export type GuessChoice = NonNullable<Step['guess']>['choices'][number];

export interface Telling {
  readonly lab: Lab;
  readonly story: Story;
  readonly source: LabSource;
  readonly masters: readonly string[];
  /** The newest round there is. */
  readonly round: Round | null;
  /** The newest guess, as the lab's files describe it; null before one was made. */
  readonly guess: GuessChoice | null;
}

export function tell({ lab, story, source }: Pick<Telling, 'lab' | 'story' | 'source'>): Telling {
  const masters = source.masters.map(({ name }) => name);
  return {
    lab,
    story,
    source,
    masters,
    round: source.rounds().at(-1) ?? null,
    guess: newestGuess(lab, story),
  };
}

function newestGuess(lab: Lab, story: Story): GuessChoice | null {
  for (const step of [...lab.steps].reverse()) {
    const made = story.scene.guesses[step.id];
    const choice = step.guess?.choices.find(({ text }) => text === made);
    if (choice) return choice;
  }
  return null;
}
