// The store's own leases: keys that go away unless somebody keeps them alive.
import { randomInt } from 'node:crypto';
import type { Revisions } from './revisions.ts';
import { GatewayError, grpc } from './wire.ts';

interface Lease {
  readonly seconds: number;
  timer: NodeJS.Timeout;
}

export class Leases {
  readonly #leases = new Map<string, Lease>();
  readonly #revisions: Revisions;

  constructor(revisions: Revisions) {
    this.#revisions = revisions;
  }

  /** `id` `0` asks for a new one. Returns the lease's id. @throws GatewayError */
  grant(id: string, seconds: number): string {
    if (seconds <= 0) throw new GatewayError(grpc.outOfRange, 'etcdserver: too small lease TTL');
    if (this.#leases.has(id)) throw new GatewayError(9, 'etcdserver: lease already exists');
    const name = id === '0' ? String(randomInt(2 ** 40, 2 ** 47)) : id;
    this.#leases.set(name, { seconds, timer: this.#arm(name, seconds) });
    return name;
  }

  /** Starts its time anew; returns its seconds, 0 when there is no such lease. */
  keepAlive(id: string): number {
    const lease = this.#leases.get(id);
    if (!lease) return 0;
    clearTimeout(lease.timer);
    lease.timer = this.#arm(id, lease.seconds);
    return lease.seconds;
  }

  /** Ends it; its keys go in one write. @throws GatewayError */
  revoke(id: string): void {
    this.expect(id);
    clearTimeout(this.#leases.get(id)?.timer);
    this.#leases.delete(id);
    const held = this.#revisions.range({ key: '\0', end: '\0' }).filter((kv) => kv.lease === id);
    this.#revisions.write((writer) => {
      for (const { key } of held) writer.remove({ key, end: undefined });
    });
  }

  /** @throws GatewayError unless the lease lives. */
  expect(id: string): void {
    if (id !== '0' && !this.#leases.has(id)) {
      throw new GatewayError(grpc.notFound, 'etcdserver: requested lease not found');
    }
  }

  #arm(id: string, seconds: number): NodeJS.Timeout {
    return setTimeout(() => this.revoke(id), seconds * 1000).unref();
  }
}
