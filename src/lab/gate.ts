// What may be done in the open step: its actions, and a guess before the stopwatch runs.
import { type ActionFile, takesAway } from './format.ts';
import { refusal } from './refusal.ts';
import { type Stand, waitsForGuess } from './route.ts';
import { wordsIn } from './words/words.ts';

/** The open step's action of that id. Throws a refusal for a fault before its guess. */
export function actionNamed(id: string, stand: Stand): ActionFile {
  const { open } = stand;
  const words = wordsIn(stand.lab);
  const action = open.actions.find((one) => one.id === id);
  if (!action) {
    const ids = open.actions.map((one) => one.id).join(', ');
    const tryThis = ids ? words.itsActions(ids) : words.onlyShows;
    throw refusal('no-such-action', words.noAction(open.title, id), tryThis);
  }
  if (takesAway(action) && waitsForGuess(stand)) {
    throw refusal('guess-first', words.guessFirst, words.chooseOf(choices(stand).join(', ')));
  }
  return action;
}

/** Throws a refusal when there is nothing to guess, no such choice, or the answer is out already. */
export function mayGuess(choice: string, stand: Stand): void {
  const { open, story } = stand;
  const words = wordsIn(stand.lab);
  if (!open.guess) throw refusal('nothing-to-guess', words.noGuess(open.title), words.goOn);
  if (!choices(stand).includes(choice)) {
    const tryThis = words.chooseOf(choices(stand).join(', '));
    throw refusal('no-such-guess', words.noChoice(choice), tryThis);
  }
  if (story.round && story.round.before.seq >= story.entered.seq) {
    throw refusal('guess-too-late', words.guessStands, words.watch);
  }
}

function choices({ open }: Stand): readonly string[] {
  return open.guess?.choices.map(({ text }) => text) ?? [];
}
