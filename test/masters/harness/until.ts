// Waiting for a condition, never for a time: asks again until it holds or the deadline passes.
import { setTimeout as pause } from 'node:timers/promises';

export interface Patience {
  /** Milliseconds after which waiting fails; 60 s unless told. */
  readonly withinMs?: number;
  /** Milliseconds between two looks; 250 unless told. */
  readonly everyMs?: number;
}

/** The first value of `look` that is not undefined; throws naming `what` and the last error when time is up. */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined>,
  patience: Patience = {},
): Promise<T> {
  const deadline = Date.now() + (patience.withinMs ?? 60_000);
  let last: unknown;
  while (true) {
    try {
      const value = await look();
      if (value !== undefined) return value;
    } catch (error) {
      last = error;
    }
    if (Date.now() > deadline) throw new Error(`waited in vain until ${what}`, { cause: last });
    await pause(patience.everyMs ?? 250);
  }
}
