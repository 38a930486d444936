// How often a client may ask, as client-go's token bucket has it: a burst at once, then so many a second.
import { setTimeout as wait } from 'node:timers/promises';

/** Returns what to wait for before each request; requests come one after the other. */
export function createAllowance({
  perSecond,
  burst,
}: {
  readonly perSecond: number;
  readonly burst: number;
}): () => Promise<void> {
  let left = burst;
  let atMs = performance.now();
  return async () => {
    const nowMs = performance.now();
    left = Math.min(burst, left + ((nowMs - atMs) / 1000) * perSecond) - 1;
    atMs = nowMs;
    if (left < 0) await wait((-left / perSecond) * 1000);
  };
}
