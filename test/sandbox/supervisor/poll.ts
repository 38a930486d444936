// Waits for content, never for time: asks again until the answer is there or the deadline has passed.
import { setTimeout as pause } from 'node:timers/promises';

/** Rejects, with what was last seen, when `look` gives nothing within `patienceMs`. */
export async function until<T>(
  what: string,
  look: () => T | null | undefined | false | Promise<T | null | undefined | false>,
  patienceMs = 10_000,
): Promise<T> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (performance.now() > deadline) throw new Error(`not within ${patienceMs} ms: ${what}`);
    await pause(20);
  }
}
