// When a lock's record was written: between its own time, through its writer's clock, and its arrival here.
import { instantAcross } from './clocksteps.ts';
import type { LockSighting, RunFacts } from './evidence.ts';
import { readTime } from './rfc3339.ts';
import type { Witness } from './round.ts';
import type { RunMs } from './time.ts';

export interface Written {
  readonly atMs: RunMs;
  readonly errorMs: number;
  readonly witness: Witness;
}

export interface Writing {
  readonly time: 'acquireTime' | 'renewTime';
  /** The master whose clock wrote it. */
  readonly writer: string;
  /** When the record before this one was seen: where the writer's clock is not known, it was written since. */
  readonly sinceMs: RunMs;
  /** What it certainly came after, such as the fault that led to it. */
  readonly floorMs?: RunMs;
}

/** The middle of what is possible, and half its width. */
export function writtenAt(
  sighting: LockSighting,
  { time, writer, sinceMs, floorMs = Number.NEGATIVE_INFINITY }: Writing,
  facts: RunFacts,
): Written {
  const latest = sighting.atMs + sighting.errorMs;
  const earliest = earliestBy(sighting.record?.[time] ?? null, facts, writer);
  if (earliest === null) return between(Math.min(sinceMs, latest), latest, 'lock watch');
  const low = Math.max(earliest, floorMs);
  return between(Math.min(low, latest), Math.max(low, latest), 'lock record');
}

/** A record's time is taken just before it is sent, and cut to whole seconds in an annotation: never too late. */
function earliestBy(text: string | null, facts: RunFacts, writer: string): RunMs | null {
  const hostMs = text === null ? null : readTime(text);
  const samples = facts.clocks[writer] ?? [];
  if (hostMs === null || samples.length === 0) return null;
  const { atMs, errorMs } = instantAcross(samples, hostMs);
  return atMs - errorMs - facts.startedAtMs;
}

function between(low: RunMs, high: RunMs, witness: Witness): Written {
  return { atMs: (low + high) / 2, errorMs: (high - low) / 2, witness };
}
