// Every other way a leader can go, on real masters: measured within the rules' bounds, and put back.
import type { Component, Masters } from '../masters.ts';
import { type Expected, failoverSuite } from './failover.ts';

type Shared = Pick<Expected, 'lock' | 'zoneMinutes'> & {
  /** Whether a zombie of this component empties the record: from 1.34, where it releases at all. */
  readonly empties: (component: Component) => boolean;
};

/** Nobody releases: the lease runs out. */
const lease = { minMs: 13_000, maxMs: 23_800 };
/** The store is away for 16 s; then a standby looks within 4.4 s, once its API server has the store again. */
const store = { minMs: 14_000, maxMs: 45_000 };

/** One round of each fault that is asked for, three where something is left to chance; the two components take turns, so that both meet every kind of fault. */
export function everyFaultSuite(
  pair: () => Masters,
  faults: readonly (readonly [fault: string, component: Component])[],
  { empties, ...shared }: Shared,
): void {
  for (const [fault, component] of faults) {
    const bounds = fault === 'etcd' ? store : lease;
    const zombie: { empties?: boolean } = fault === 'zombie' ? { empties: empties(component) } : {};
    const runs = zombie.empties ? 3 : 1;
    failoverSuite(pair, { ...shared, ...bounds, ...zombie, component, fault, runs });
  }
}
