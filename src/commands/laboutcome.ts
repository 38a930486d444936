// What a lab that is over leaves on its masters, as an exit code.
import { type Exit, exits } from '../model/failure.ts';
import type { Recording } from './recording.ts';

/** What the rounds of the lab left: nothing, a state that is not steady, or worse. */
export function outcomeOf({ stage }: Recording): Exit {
  const codes = stage.scene().problems.map(({ code }) => code);
  if (codes.includes('not-restored')) return exits.notRestored;
  return codes.includes('not-steady') && stage.scene().fault !== null ? exits.notSteady : exits.good;
}
