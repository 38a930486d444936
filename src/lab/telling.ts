// What a lab's texts may draw on at one moment: the story so far, the round that counts, the guess.
import type { Round } from '../model/round.ts';
import type { Story } from '../model/story.ts';
import type { WaysScene } from '../model/ways.ts';
import type { WayName } from '../model/waysseen.ts';
import type { Lab, Step } from './format.ts';
import { waysFileOf, waysSeen } from './waysof.ts';
import type { LabSource } from './world.ts';

export type GuessChoice = NonNullable<Step['guess']>['choices'][number];

export interface Telling {
  readonly lab: Lab;
  readonly story: Story;
  readonly source: LabSource;
  readonly masters: readonly string[];
  /** The newest round that the step is about; the newest of all where it is about none. */
  readonly round: Round | null;
  /** What clients felt of the API server that the step, or the one it looks back on, stops; null before. */
  readonly ways: WaysScene | null;
  /** The way whose longest gap a guess is about; null where it is about a handover. */
  readonly measure: WayName | null;
  /** The step's guess, as the lab's files describe it; null before one was made. */
  readonly guess: GuessChoice | null;
}

/** `step`: the one that is told; its round is that of its own fault, or of the step it looks back on. */
export function tell(
  { lab, story, source }: Pick<Telling, 'lab' | 'story' | 'source'>,
  step: Step | null = null,
): Telling {
  const masters = source.masters.map(({ name }) => name);
  const file = step && waysFileOf(step, lab);
  return {
    lab,
    story,
    source,
    masters,
    round: roundFor(step, lab, source.rounds()),
    ways: file && waysSeen(file, story, masters),
    measure: file?.measure ?? null,
    guess: guessFor(step, lab, story),
  };
}

function roundFor(step: Step | null, lab: Lab, rounds: readonly Round[]): Round | null {
  const own = step ? [step, ...lab.steps.filter(({ id }) => id === step.needs)] : [];
  const faults = own.flatMap(({ actions }) => actions.flatMap(({ fault }) => fault ?? []));
  const newest = rounds.at(-1) ?? null;
  if (faults.length === 0) return newest;
  const isOne = ({ component, fault }: Round) =>
    faults.some((one) => one.component === component && one.kind === fault);
  return rounds.findLast(isOne) ?? newest;
}

function guessFor(step: Step | null, lab: Lab, story: Story): GuessChoice | null {
  const own = [step, lab.steps.find(({ id }) => id === step?.needs)].find((one) => one?.guess);
  for (const one of own ? [own] : [...lab.steps].reverse()) {
    const made = story.scene.guesses[one.id];
    const choice = one.guess?.choices.find(({ text }) => text === made);
    if (choice) return choice;
  }
  return null;
}
