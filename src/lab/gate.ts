// What may be done in the open step: its actions, and a guess before the stopwatch runs.
import { type ActionFile, takesAway } from './format.ts';
import { refusal } from './refusal.ts';
import { type Stand, waitsForGuess } from './route.ts';

/** The open step's action of that id. Throws a refusal for a fault before its guess. */
export function actionNamed(id: string, stand: Stand): ActionFile {
  const { open } = stand;
  const action = open.actions.find((one) => one.id === id);
  if (!action) {
    const ids = open.actions.map((one) => one.id).join(', ');
    const tryThis = ids ? `Its actions are ${ids}.` : 'This step only shows something: go on with next.';
    throw refusal('no-such-action', `The step "${open.title}" has no action "${id}".`, tryThis);
  }
  if (takesAway(action) && waitsForGuess(stand)) {
    throw refusal('guess-first', 'Your guess comes first.', `Choose one of: ${choices(stand).join(', ')}.`);
  }
  return action;
}

/** Throws a refusal when there is nothing to guess, no such choice, or the answer is out already. */
export function mayGuess(choice: string, stand: Stand): void {
  const { open, story } = stand;
  if (!open.guess) {
    throw refusal(
      'nothing-to-guess',
      `The step "${open.title}" asks for no guess.`,
      'Go on with its actions.',
    );
  }
  if (!choices(stand).includes(choice)) {
    const tryThis = `Choose one of: ${choices(stand).join(', ')}.`;
    throw refusal('no-such-guess', `"${choice}" is not among the choices.`, tryThis);
  }
  if (story.round && story.round.before.seq >= story.entered.seq) {
    throw refusal('guess-too-late', 'The stopwatch runs: the guess stands as it is.', 'Watch what it shows.');
  }
}

function choices({ open }: Stand): readonly string[] {
  return open.guess?.choices.map(({ text }) => text) ?? [];
}
