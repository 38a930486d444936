// The `lease` reconciler's sign of life: a key in the store that goes away 15 s after its API server stops renewing it.
import type { Store } from './store.ts';

const prefix = '/registry/masterleases/';
const seconds = 15;

export class MasterLease {
  readonly #store: Store;
  readonly #address: string;
  #lease = '0';

  constructor(store: Store, address: string) {
    this.#store = store;
    this.#address = address;
  }

  /** @throws Refusal when the store is down. */
  async renew(): Promise<void> {
    if (this.#lease !== '0' && (await this.#keepAlive())) return;
    const granted = await this.#store.call('/v3/lease/grant', { TTL: String(seconds) });
    this.#lease = String(granted.ID);
    await this.#write();
  }

  async end(): Promise<void> {
    if (this.#lease === '0') return;
    await this.#store.call('/v3/lease/revoke', { ID: this.#lease });
    this.#lease = '0';
  }

  async #keepAlive(): Promise<boolean> {
    const { result } = await this.#store.call('/v3/lease/keepalive', { ID: this.#lease });
    return Number((result as { TTL?: string } | undefined)?.TTL ?? 0) > 0;
  }

  async #write(): Promise<void> {
    const key = `${prefix}${this.#address}`;
    const value = JSON.stringify({
      kind: 'Endpoints',
      apiVersion: 'v1',
      metadata: { name: '' },
      subsets: [{ addresses: [{ ip: this.#address }] }],
    });
    // A key left by the process before this one is taken over.
    let expected = 0;
    for (;;) {
      const outcome = await this.#store.put({ key, value, expected, lease: this.#lease });
      if (outcome.done) return;
      expected = outcome.entry?.revision ?? 0;
    }
  }
}

/** Addresses of the API servers that live. */
export async function leaseHolders(store: Store): Promise<readonly string[]> {
  const { entries } = await store.list(prefix);
  return entries.map(({ key }) => key.slice(prefix.length));
}
