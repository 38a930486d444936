// Where one may go in a lab: forward when a step is done, back at any time, never past what must come first.

import type { Story } from '../model/story.ts';
import { examine } from './examine.ts';
import type { Lab, Step } from './format.ts';
import { refusal } from './refusal.ts';
import { wordsIn } from './words/words.ts';
import type { LabSource } from './world.ts';

/** Where a person stands in a lab. */
export interface Stand {
  readonly lab: Lab;
  readonly source: LabSource;
  readonly story: Story;
  /** The step now open. */
  readonly open: Step;
  /** Steps done in an earlier run that this one takes up. */
  readonly passedBefore: ReadonlySet<string>;
  /** Steps a person jumped over: they are not done, and hold nobody up. */
  readonly jumpedOver: ReadonlySet<string>;
}

/** What keeps the open step from being done, in words; empty when it is done. */
export function missingOf(stand: Stand): readonly string[] {
  const { open, story } = stand;
  if (story.scene.passed.includes(open.id)) return [];
  const titles = examine(open, stand).missing.map(({ title }) => title);
  return waitsForGuess(stand) ? [wordsIn(stand.lab).yourGuess, ...titles] : titles;
}

export function waitsForGuess({ open, story }: Stand): boolean {
  return open.guess !== undefined && story.scene.guesses[open.id] === undefined;
}

/** The step after the open one; null after the last. Throws a refusal that says what is missing. */
export function stepAfter(stand: Stand): Step | null {
  const { lab, open } = stand;
  const missing = missingOf(stand);
  if (missing.length > 0 && !open.skip) {
    const hint = examine(open, stand).missing.find(({ tryThis }) => tryThis)?.tryThis;
    throw refusal('step-not-done', wordsIn(lab).notYet(missing.join(', ')), hint ?? wordsIn(lab).seeHints);
  }
  const after = lab.steps[lab.steps.indexOf(open) + 1];
  return after ? freeWay(after, stand) : null;
}

export function stepBefore({ lab, open }: Stand): Step {
  return lab.steps[lab.steps.indexOf(open) - 1] ?? open;
}

/** The open step, to be done once more. Throws a refusal while a fault is on, or its way back. */
export function stepToRedo({ lab, open, story }: Stand): Step {
  if (story.round === null || story.round.restored) return open;
  throw refusal('busy', wordsIn(lab).faultOn, wordsIn(lab).redoLater);
}

/** The step of that id. Throws a refusal where something must be done before it. */
export function stepNamed(id: string, stand: Stand): Step {
  const target = stand.lab.steps.find((step) => step.id === id);
  if (target) return freeWay(target, stand);
  throw refusal(
    'no-such-step',
    wordsIn(stand.lab).noStep(id),
    wordsIn(stand.lab).itsSteps(stand.lab.steps.map((s) => s.id).join(', ')),
  );
}

/** Where to take a lab up again: the step itself, or the earlier one it looks back on when this run has not seen that. */
export function stepToResume(wanted: Step, { lab, story }: Pick<Stand, 'lab' | 'story'>): Step {
  const { needs } = wanted;
  if (needs === undefined || story.scene.passed.includes(needs)) return wanted;
  return lab.steps.find(({ id }) => id === needs) ?? wanted;
}

function freeWay(target: Step, stand: Stand): Step {
  const { lab, story, passedBefore, jumpedOver } = stand;
  const before = lab.steps.slice(0, lab.steps.indexOf(target));
  const open = before.find(
    ({ id, skip }) =>
      !skip && !story.scene.passed.includes(id) && !passedBefore.has(id) && !jumpedOver.has(id),
  );
  if (open) {
    throw refusal(
      'step-not-done',
      wordsIn(lab).comesAfter(target.title, open.title),
      wordsIn(lab).doFirst(open.title),
    );
  }
  const needed = stepToResume(target, stand);
  if (needed === target) return target;
  throw refusal(
    'step-not-done',
    wordsIn(lab).looksBack(target.title, needed.title),
    wordsIn(lab).doSoon(needed.title),
  );
}
