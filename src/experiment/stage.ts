// The newest fold of a run, and waiting for something to become true in it.
import type { Observation } from '../model/observation.ts';
import type { Scene } from '../model/scene.ts';
import { SceneFold } from '../model/scenefold.ts';

export interface Stage {
  scene(): Scene;
  /**
   * Resolves with the first scene in which `holds` is true, at once when it is now; with null after `withinMs`
   * or when the signal aborts. Rejects with what `holds` throws, which is then asked no more.
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
      new Promise((resolve, reject) => {
        const stopWaiting = () => {
          waiting.delete(look);
          clearTimeout(timer);
          signal?.removeEventListener('abort', giveUp);
        };
        const finish = (result: Scene | null) => {
          stopWaiting();
          resolve(result);
        };
        const look = () => {
          try {
            if (holds(fold.scene)) finish(fold.scene);
          } catch (error) {
            stopWaiting();
            reject(error);
          }
        };
        const giveUp = () => finish(null);
        const timer = setTimeout(giveUp, withinMs);
        if (signal?.aborted) return giveUp();
        signal?.addEventListener('abort', giveUp);
        waiting.add(look);
        look();
      }),
  };
}
