// The newest fold of a run, and waiting for something to become true in it.
import type { Observation } from '../model/observation.ts';
import type { Scene } from '../model/scene.ts';
import { SceneFold } from '../model/scenefold.ts';

export interface Stage {
  scene(): Scene;
  /**
   * Resolves with the first scene in which `holds` is true, at once when it is now; with null after `withinMs`
   * or when the signal aborts.
   */
  until(
    holds: (scene: Scene) => boolean,
    options: { withinMs: number; signal?: AbortSignal },
  ): Promise<Scene | null>;
  close(): void;
}

export type Subscribe = (listener: (observation: Observation) => void) => () => void;

export function createStage(subscribe: Subscribe): Stage {
  const fold = new SceneFold();
  const waiting = new Set<() => void>();
  const unsubscribe = subscribe((observation) => {
    fold.see(observation);
    for (const look of waiting) look();
  });

  return {
    scene: () => fold.scene,
    close: unsubscribe,
    until: (holds, { withinMs, signal }) =>
      new Promise((resolve) => {
        const finish = (result: Scene | null) => {
          waiting.delete(look);
          clearTimeout(timer);
          signal?.removeEventListener('abort', giveUp);
          resolve(result);
        };
        const look = () => holds(fold.scene) && finish(fold.scene);
        const giveUp = () => finish(null);
        const timer = setTimeout(giveUp, withinMs);
        if (signal?.aborted) return giveUp();
        signal?.addEventListener('abort', giveUp);
        waiting.add(look);
        look();
      }),
  };
}
