// Numbers what was seen, writes it to the recording, and only then shows it to whoever listens.
import type { Observation, Observe, Seen, Sighting } from '../model/observation.ts';
import type { Clock, EpochMs } from '../model/time.ts';
import type { Tape } from './tape.ts';

export interface Recorder {
  readonly observe: Observe;
  /** Every observation so far that is still kept in memory, and each later one once it is written. */
  subscribe(listener: (observation: Observation) => void): () => void;
  /** The run's clock: milliseconds since its start. */
  nowMs(): number;
  readonly startedMs: EpochMs;
  /** Writes what is pending. Idempotent. */
  close(): void;
}

export interface RecorderOptions {
  readonly tape: Tape;
  readonly clock: Clock;
  readonly startedMs: EpochMs;
  /** What a listener threw. Default: thrown once more, outside of whatever was being done. */
  readonly onListenerFailure?: (error: unknown) => void;
}

const milestones: readonly Seen['kind'][] = ['run', 'round', 'fault', 'guess', 'end', 'step'];

/** Synced to the disk at once: what a person would not want to lose to a power cut. */
function isMilestone({ seen }: Sighting): boolean {
  if (seen.kind === 'log') return seen.event?.is === 'acquired';
  return milestones.includes(seen.kind);
}

/**
 * A turn's observations are written together, before any listener sees them: one write instead of thousands keeps
 * two logs of 5,000 lines a second cheap.
 */
export function createRecorder({
  tape,
  clock,
  startedMs,
  onListenerFailure = throwLater,
}: RecorderOptions): Recorder {
  const listeners = new Set<(observation: Observation) => void>();
  let pending: Observation[] = [];
  let scheduled = false;
  let seq = 0;

  function flush(): void {
    scheduled = false;
    if (pending.length === 0) return;
    const batch = pending;
    pending = [];
    tape.write(batch);
    for (const observation of batch) for (const listener of listeners) hand(observation, listener);
  }

  /** Whoever says what he saw may be in the middle of a fault: a screen that cannot draw it must not stop him. */
  function hand(observation: Observation, listener: (observation: Observation) => void): void {
    try {
      listener(observation);
    } catch (error) {
      onListenerFailure(error);
    }
  }

  function observe(sighting: Sighting): void {
    const { seen, host, atMs, errorMs } = sighting;
    pending.push({
      seq: seq++,
      atMs: microseconds(atMs - startedMs),
      errorMs: microseconds(errorMs),
      host,
      ...seen,
    });
    if (isMilestone(sighting)) {
      flush();
      tape.sync();
    } else if (!scheduled) {
      scheduled = true;
      setImmediate(flush);
    }
  }

  return {
    observe,
    startedMs,
    nowMs: () => clock() - startedMs,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      flush();
      tape.close();
    },
  };
}

function throwLater(error: unknown): void {
  setImmediate(() => {
    throw error;
  });
}

/** Milliseconds cut to whole microseconds: what the clocks carry, and no more digits than that in a recording. */
function microseconds(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
