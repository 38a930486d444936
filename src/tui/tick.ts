// How soon the picture grows old without news: tenths while something is timed, seconds for ages, never for nothing.
import type { Scene } from '../model/scene.ts';
import { markAt, roundsOf } from './rounds.ts';
import type { View } from './view.ts';

export interface Pace {
  /** Null where nothing is replayed. */
  readonly playing: boolean | null;
  /** Motion is reduced: what counts does so in whole seconds, ages grow in steps. */
  readonly calm: boolean;
}

/** Milliseconds; null: only news changes it. */
export function tickFor(scene: Scene, view: View, { playing, calm }: Pace): number | null {
  if (playing === false) return null;
  const round = roundsOf(scene).at(-1);
  const timed = round && markAt(round, 'faultIssued') !== null && round.phase === 'faulted';
  if (timed) return calm ? 1000 : 100;
  if (scene.ended !== null && !view.leaving && playing === null) return null;
  return calm ? 5000 : 1000;
}
