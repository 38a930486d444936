// The stream as plain lines, where there are no screens.
import type { Observation } from '../model/observation.ts';
import { emptyScene, seeScene } from '../model/scene.ts';
import { announce } from '../tui/linear.ts';

/** Prints a line for each observation that is news to a person. */
export function printLines(stream: NodeJS.WritableStream): (observation: Observation) => void {
  let scene = emptyScene;
  return (observation) => {
    const line = announce(scene, observation);
    scene = seeScene(scene, observation);
    if (line !== null) stream.write(`${line}\n`);
  };
}
