// What leader and standbys did with the lock during a round, as their own logs tell: renewals, looks, and changes.
import { isLook, isRenewal } from './looks.ts';
import type { LogLine, Stamp } from './observation.ts';
import type { RunMs } from './time.ts';

export interface Beat {
  readonly host: string;
  readonly atMs: RunMs;
  readonly errorMs: number;
  readonly is: 'renewed' | 'looked' | 'acquired' | 'gaveUp';
}

/** Null for a line that says nothing of the lock. */
export function beatOf({ event, component, host, atMs, errorMs }: Stamp & LogLine): Beat | null {
  if (event === null || host === null) return null;
  const beat = (is: Beat['is']): Beat => ({ host, atMs, errorMs, is });
  if (event.is === 'acquired') return beat('acquired');
  if (event.is === 'gaveUp' || event.is === 'lost') return beat('gaveUp');
  if (isRenewal({ event, component })) return beat('renewed');
  return isLook({ event, component }) ? beat('looked') : null;
}
