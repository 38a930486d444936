// What stays on the terminal after the screens have gone: what was measured, where it is kept, how to go on.
import { resultSentence } from '../model/sentences.ts';
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
  const { rounds } = stage.scene().timeline;
  const measured = rounds.filter(({ handover }) => handover !== null).map(resultSentence);
  const cutShort = rounds.filter(
    ({ handover, marks }) => handover === null && marks.some(({ name }) => name === 'restored'),
  );
  return [
    ...measured,
    ...cutShort.map(
      ({ component, from }) => `${component} on ${from} is put back; no handover was measured.`,
    ),
    ...(file === null ? [] : [`Recorded in ${file}; see it again with: kha-lab replay ${file}`]),
    finished
      ? 'Next: your own masters, with kha-lab init and kha-lab check.'
      : `Go on where you left with: ${again}`,
  ];
}
