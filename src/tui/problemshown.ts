// The problem that stands over the keys: the newest that was not put away and that is still one.
import type { Problem, Stamp } from '../model/observation.ts';
import type { Scene } from '../model/scene.ts';
import { markAt, roundsOf } from './rounds.ts';
import type { View } from './view.ts';

export function problemShown(scene: Scene, { dismissed }: Pick<View, 'dismissed'>) {
  return scene.problems.findLast((problem) => problem.seq > dismissed && !isExpected(scene, problem));
}

/** Faults that make an API server fall silent: whoever made one need not be told to look after it. */
const silencing: readonly string[] = ['apiserver', 'cut', 'etcd'];

function isExpected(scene: Scene, { code, atMs }: Stamp & Problem): boolean {
  if (code !== 'api-unreachable') return false;
  return roundsOf(scene).some((round) => {
    const faultMs = markAt(round, 'faultIssued');
    const overMs = markAt(round, 'restored') ?? Number.POSITIVE_INFINITY;
    return silencing.includes(round.fault) && faultMs !== null && atMs >= faultMs && atMs <= overMs;
  });
}
