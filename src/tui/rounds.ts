// The rounds of a scene as the strip and the timeline show them.
import type { MarkName, Round } from '../model/round.ts';
import type { Scene } from '../model/scene.ts';
import { texts } from './words/words.ts';

export function roundsOf(scene: Scene): readonly Round[] {
  return scene.timeline.rounds;
}

export function markAt(round: Round, name: MarkName): number | null {
  return round.marks.find((mark) => mark.name === name)?.atMs ?? null;
}

export function markWords(): Readonly<Record<MarkName, string>> {
  return texts().marks;
}

/** The master that the fault is done on: the store may be on another than the leader is. */
export function struck({ marks, on, from }: Round): string {
  return marks.find(({ name }) => name === 'faultIssued')?.host ?? on ?? from;
}
