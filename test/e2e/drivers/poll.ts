// Waits for content, never for time: asks again until the answer is there or the deadline has passed.
import { setTimeout as pause } from 'node:timers/promises';

export interface Patience {
  readonly withinMs?: number;
  /** Between two looks; 40 unless told. More where a look costs the machine much. */
  readonly everyMs?: number;
  /** What there is instead, for the failure's text. */
  readonly instead?: () => string | Promise<string>;
}

/** The first answer that is neither null, undefined nor false. */
export async function until<T>(
  what: string,
  look: () => T | null | undefined | false | Promise<T | null | undefined | false>,
  { withinMs = 30_000, everyMs = 40, instead = () => '' }: Patience = {},
): Promise<T> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (performance.now() > deadline) {
      throw new Error(`not within ${withinMs / 1000} s: ${what}\n${await instead()}`);
    }
    await pause(everyMs);
  }
}
