// The distribution a handover should follow on these masters, from the terms the leader runs with.
import type { ComponentName } from '../model/lock.ts';
import { expectedOf } from '../model/predictfault.ts';
import type { Prediction } from '../model/prediction.ts';
import { rememberedPredictions } from '../model/predictions.ts';
import type { Round } from '../model/round.ts';
import type { Scene } from '../model/scene.ts';

export interface Predictor {
  /** For a stop of the leader of now; null while nobody among the masters leads, or nobody stands by. */
  now(scene: Scene, component: ComponentName): Prediction | null;
  /** For a round that was measured. */
  of(scene: Scene, round: Round): Prediction | null;
}

export function createPredictor(): Predictor {
  const remembered = rememberedPredictions();
  const standbysOf = (scene: Scene, component: ComponentName, leader: string) =>
    Object.values(scene.masters).filter(
      ({ name, instances }) => name !== leader && instances[component]?.active === 'active',
    ).length;
  return {
    now(scene, component) {
      const leader = scene.locks[component]?.master;
      const terms = leader ? scene.masters[leader]?.instances[component]?.terms : null;
      if (!leader || !terms) return null;
      const standbys = standbysOf(scene, component, leader);
      return remembered({ fault: 'stop', terms, standbys })?.prediction ?? null;
    },
    of(scene, round) {
      const { component, from, terms, fault } = round;
      const expected = remembered({ fault, terms, standbys: standbysOf(scene, component, from) });
      return expected && expectedOf(expected, round);
    },
  };
}
