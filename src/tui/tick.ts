// How soon the picture grows old without news: tenths while something is timed, seconds for ages, never for nothing.
import type { Scene } from '../model/scene.ts';
import { markAt, roundsOf } from './rounds.ts';
import type { View } from './view.ts';

export function tickFor(scene: Scene, view: View, playing: boolean | null): number | null {
  if (playing === false) return null;
  const round = roundsOf(scene).at(-1);
  const timed = round && markAt(round, 'faultIssued') !== null && round.phase === 'faulted';
  if (timed) return 100;
  if (scene.ended !== null && !view.leaving && playing === null) return null;
  return 1000;
}
