// The stream for whoever draws it: what happened so far, then each new observation.
import type { LabFeed } from '../model/labplan.ts';
import type { Observation } from '../model/observation.ts';
import type { Recorder } from '../recording/recorder.ts';

export interface Remembering {
  /** Every observation so far, then each new one, in order. */
  subscribe(listener: (observation: Observation) => void): () => void;
}

/** Log lines by far outnumber all else: of them only the newest are remembered for who comes later. */
const keptLogs = 400;

/** Remembers the stream for late listeners. Begin it with the recorder, before the first observation. */
export function remember(recorder: Recorder): Remembering {
  const listeners = new Set<(observation: Observation) => void>();
  let past: Observation[] = [];
  let logs = 0;
  recorder.subscribe((observation) => {
    past.push(observation);
    if (observation.kind === 'log' && ++logs > 2 * keptLogs) {
      past = withoutOldLogs(past);
      logs = keptLogs;
    }
    for (const listener of listeners) listener(observation);
  });
  return {
    subscribe(listener) {
      for (const observation of past) listener(observation);
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function withoutOldLogs(past: readonly Observation[]): Observation[] {
  let toDrop = past.filter(({ kind }) => kind === 'log').length - keptLogs;
  return past.filter(({ kind }) => kind !== 'log' || toDrop-- <= 0);
}

/** A feed without steps: for `watch` and `failover`. */
export function plainFeed(remembering: Remembering, nowMs: () => number): LabFeed {
  return {
    plan: () => null,
    explanation: () => null,
    subscribe: remembering.subscribe,
    intend: () => {},
    nowMs,
  };
}
