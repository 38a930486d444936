// kha-lab demo: plays the recording that comes with the package; nothing needs to be set up for it.
import { exits } from '../model/failure.ts';
import type { Observation } from '../model/observation.ts';
import { demoRecording } from '../recording/shipped.ts';
import { playOnScreens, type ReplayFlags, replay } from './replay.ts';
import { hasTerminal, type Surroundings } from './surroundings.ts';

export async function demo(flags: ReplayFlags, surroundings: Surroundings): Promise<number> {
  const file = demoRecording();
  if (flags.json || flags.plain || !hasTerminal(surroundings)) return replay(flags, surroundings, file);
  await playOnScreens(flags, surroundings, { file, titled: (tape) => `demo ${whereOf(tape)}` });
  return exits.good;
}

/** `Kubernetes 1.20.2`, or what else the recording says of itself. */
function whereOf(tape: readonly Observation[]): string {
  const [begun] = tape;
  const version = tape.find((one) => one.kind === 'api' && one.version !== null);
  const ran = version?.kind === 'api' ? `Kubernetes ${version.version?.replace(/^v/, '')}` : '';
  return begun?.kind === 'run' && begun.target === 'sandbox' ? 'of the sandbox' : ran;
}
