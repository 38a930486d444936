// What stays on the terminal after the screens have gone: what was measured, where it is kept, how to go on.
import type { Round } from '../model/round.ts';
import { resultSentence } from '../model/sentences.ts';
import { texts } from '../tui/words/words.ts';
import type { Recording } from './recording.ts';

interface Told extends Pick<Recording, 'file'> {
  readonly stage: Pick<Recording['stage'], 'scene'>;
}

export interface Farewell {
  /** The lab was walked to its end. */
  readonly finished: boolean;
  /** What begins this lab again; `kha-lab` alone for the first one. */
  readonly again?: string;
}

export function sentencesOf(
  { stage, file }: Told,
  { finished, again = 'kha-lab' }: Farewell,
): readonly string[] {
  const said = texts();
  const { rounds } = stage.scene().timeline;
  const measured = rounds
    .filter(({ handover }) => handover !== null)
    .map((round) => resultSentence(round, said.result));
  const cutShort = rounds.filter(
    ({ handover, marks }) => handover === null && marks.some(({ name }) => name === 'restored'),
  );
  return [
    ...measured,
    ...cutShort.map(putBackSentence),
    ...(file === null ? [] : [said.recorded(file, `kha-lab replay ${file}`)]),
    finished ? said.ownMasters : said.goOnWith(again),
  ];
}

/** An API server is stopped for what its clients feel: nobody waited for a handover. */
function putBackSentence({ component, fault, from, on = from }: Round): string {
  return fault === 'apiserver' ? texts().serverBack(on) : texts().putBack(component, on);
}
