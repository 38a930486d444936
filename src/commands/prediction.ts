// The distribution a handover should follow on these masters, from the terms the leader runs with.

import { type FaultKind, faultKinds } from '../model/faultkind.ts';
import type { ComponentName } from '../model/lock.ts';
import type { ElectionTerms } from '../model/observation.ts';
import { predictionFor, sinceStoreBack } from '../model/predictfault.ts';
import type { Prediction } from '../model/prediction.ts';
import type { Round } from '../model/round.ts';
import type { Scene } from '../model/scene.ts';

const drawn = 20_000;

export interface Predictor {
  /** For a stop of the leader of now; null while nobody among the masters leads, or nobody stands by. */
  now(scene: Scene, component: ComponentName): Prediction | null;
  /** For a round that was measured. */
  of(scene: Scene, round: Round): Prediction | null;
}

/** Drawing takes some 20 ms, once for each set of terms. */
export function createPredictor(): Predictor {
  const known = new Map<string, Prediction>();
  const remembered = (fault: FaultKind, terms: ElectionTerms, standbys: number): Prediction | null => {
    if (standbys < 1) return null;
    const key = JSON.stringify([fault, terms, standbys]);
    const prediction = known.get(key) ?? predictionFor({ fault, terms, standbys, rounds: drawn }).prediction;
    known.set(key, prediction);
    return prediction;
  };
  const standbysOf = (scene: Scene, component: ComponentName, leader: string) =>
    Object.values(scene.masters).filter(
      ({ name, instances }) => name !== leader && instances[component]?.active === 'active',
    ).length;
  return {
    now(scene, component) {
      const leader = scene.locks[component]?.master;
      const terms = leader ? scene.masters[leader]?.instances[component]?.terms : null;
      return leader && terms ? remembered('stop', terms, standbysOf(scene, component, leader)) : null;
    },
    of(scene, round) {
      const { component, from, terms } = round;
      const fault = faultKinds.find((kind) => kind === round.fault);
      const prediction = fault ? remembered(fault, terms, standbysOf(scene, component, from)) : null;
      return prediction && fault === 'etcd' ? sinceStoreBack(prediction, round) : prediction;
    },
  };
}
