// The rounds of a scene as the strip and the timeline show them.
import type { MarkName, Round } from '../model/round.ts';
import type { Scene } from '../model/scene.ts';

export function roundsOf(scene: Scene): readonly Round[] {
  return scene.timeline.rounds;
}

export function markAt(round: Round, name: MarkName): number | null {
  return round.marks.find((mark) => mark.name === name)?.atMs ?? null;
}

export const markWords: Readonly<Record<MarkName, string>> = {
  lastRenew: 'last renewal',
  faultIssued: 'fault',
  released: 'released',
  leaseLost: 'gave up',
  instanceGone: 'gone',
  leaseExpired: 'lease over',
  acquired: 'acquired',
  firstWork: 'first work',
  faultEnded: 'fault ended',
  restored: 'restored',
};
