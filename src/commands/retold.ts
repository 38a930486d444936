// A recording told again as the result its run printed: the same fold, from the first observation to the last.
import { type FailoverJson, failoverJson } from '../model/failoverJson.ts';
import type { ComponentName } from '../model/lock.ts';
import type { Round } from '../model/round.ts';
import type { Scene } from '../model/scene.ts';
import { SceneFold } from '../model/scenefold.ts';
import { readRecording } from '../recording/read.ts';
import { createPredictor } from './prediction.ts';

/** The scene at a recording's end, in flat memory. `onCut` as for `readRecording`. */
export async function sceneOf(file: string, onCut?: (sentence: string) => void): Promise<Scene> {
  const fold = new SceneFold();
  for await (const observation of readRecording(file, onCut)) fold.see(observation);
  return fold.scene;
}

/** As `failover --json` printed it; `file` stands where the recording was. Older recordings have no limit to judge by. */
export function resultOfRun(scene: Scene, file: string): FailoverJson {
  const { flags = {} } = scene.run ?? {};
  const [first] = scene.timeline.rounds;
  const predictor = createPredictor();
  const said = new Set(scene.problems.map(({ code }) => code));
  return failoverJson(scene, {
    component: componentOf(flags.component, first),
    fault: first?.fault ?? (typeof flags.fault === 'string' ? flags.fault : 'stop'),
    recording: file,
    predicted: (round) => predictor.of(scene, round),
    maxHandoverMs: typeof flags.maxHandover === 'number' ? flags.maxHandover : null,
    restored: !said.has('not-restored'),
    steady: !said.has('not-steady'),
  });
}

function componentOf(flag: unknown, first: Round | undefined): ComponentName {
  if (first) return first.component;
  return flag === 'kube-controller-manager' ? flag : 'kube-scheduler';
}
