// What texts are filled from, with one memory: the expected handover of before a fault, while the fault hides it.
import type { LabSource } from './world.ts';

/** During a fault nobody may stand by, and nothing can be predicted: the last known prediction is the one that counts. */
export function steadySource(source: LabSource): LabSource {
  const known = new Map<string, ReturnType<LabSource['predicted']>>();
  return {
    masters: source.masters,
    recording: source.recording,
    rounds: () => source.rounds(),
    expected: (round) => source.expected(round),
    commandLine: (master, argv, sudo) => source.commandLine(master, argv, sudo),
    planFault: (request) => source.planFault(request),
    planWays: (request) => source.planWays(request),
    predicted(component) {
      const now = source.predicted(component);
      if (now) known.set(component, now);
      return now ?? known.get(component) ?? null;
    },
  };
}
