// A recording to be played: what is shown when, forth from any moment; here of one that is in memory.
import type { Standpoint } from '../model/labplan.ts';
import type { Observation } from '../model/observation.ts';
import type { RunMs } from '../model/time.ts';
import { Cues, type CuesFound, shownAt } from './cues.ts';

export interface Reel {
  readonly cues: CuesFound;
  /** As much of the beginning as is at hand: all of a short recording, and of a long one the observation it begins with. */
  readonly head: readonly Observation[];
  /** Goes back, or on without telling what lies between, so that `next` soon comes to `ms`. Null: to the beginning. */
  rewind(ms: RunMs): Standpoint | null;
  /** Whether what lies between is too much to be told. */
  isFar(ms: RunMs): boolean;
  /** The next observation in order, if it is shown at `ms` or before. */
  next(ms: RunMs): Observation | null;
  /** The same recording once more, at its beginning. */
  again(): Reel;
  /** Idempotent. Closes those made by `again` as well. */
  close(): void;
}

export function memoryReel(tape: readonly Observation[], cues: CuesFound = cuesOf(tape)): Reel {
  let place = 0;
  return {
    cues,
    head: tape,
    rewind() {
      place = 0;
      return null;
    },
    isFar: () => false,
    next(ms) {
      const one = tape[place];
      if (one === undefined || shownAt(one) > ms) return null;
      place += 1;
      return one;
    },
    again: () => memoryReel(tape, cues),
    close() {},
  };
}

function cuesOf(tape: readonly Observation[]): CuesFound {
  const cues = new Cues();
  for (const one of tape) cues.see(one);
  return cues.found;
}

/** What a person should know of a recording, a sentence each, at the end of what is whole of it. */
export function remarksAfter(
  last: Pick<Observation, 'seq' | 'atMs'> | undefined,
  remarks: readonly string[],
): readonly Observation[] {
  const { seq = -1, atMs = 0 } = last ?? {};
  return remarks.map((message, index) => ({
    seq: seq + 1 + index,
    atMs,
    errorMs: 0,
    host: null,
    kind: 'problem',
    code: 'recording-cut',
    message,
    tryThis: 'What is shown up to here is whole.',
  }));
}
