// What every watcher of a run is handed: where to say what it saw, the clock, and when to stop.
import type { Observe, Seen } from '../../model/observation.ts';
import { sanitise, sanitiseLines } from '../../model/sanitise.ts';
import type { Clock, EpochMs } from '../../model/time.ts';

export interface Witness {
  readonly observe: Observe;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Says what was seen just now, or at `atMs`, on a master or on none. */
export function say(
  { observe, clock }: Pick<Witness, 'observe' | 'clock'>,
  host: string | null,
  seen: Seen,
  at: { readonly atMs?: EpochMs; readonly errorMs?: number } = {},
): void {
  observe({ seen: harmless(seen) as Seen, host, atMs: at.atMs ?? clock(), errorMs: at.errorMs ?? 0 });
}

/** Most of it was said by a host or an API server, and all of it reaches terminals: every text in it is one safe line. */
function harmless(value: unknown, key = ''): unknown {
  if (typeof value === 'string') return key === 'output' ? sanitiseLines(value) : sanitise(value);
  if (Array.isArray(value)) return value.map((one) => harmless(one));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, harmless(one, name)]));
}

/** Repeats `work` until the signal aborts, `everyMs` apart; what it rejects with ends the repeating. */
export async function repeat(everyMs: number, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  while (!signal.aborted) {
    await work();
    await pause(everyMs, signal);
  }
}

/** Resolves after `ms`, or at once when the signal aborts. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
