// Lets the store forget what is older than five minutes, as the real API server does.
import type { Store } from './store.ts';

const everyMs = 5 * 60_000;

/** Compacts to where `revision` stood one look ago. Both API servers may do it: the second finds it done. */
export function compactEvery(store: Store, revision: () => number): void {
  let before = 0;
  setInterval(() => {
    const upTo = before;
    before = revision();
    if (upTo === 0) return;
    // Refused when it was done already, or when the store is down: the next look makes up for it.
    store.call('/v3/kv/compaction', { revision: String(upTo) }).catch(() => undefined);
  }, everyMs).unref();
}
