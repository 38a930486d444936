// What `ways --json` prints: each client of each way in, how many of its requests failed, how long it had no answer.
import type { ClientTally, WaysScene } from './ways.ts';
import type { WayMissing, WayName } from './waysseen.ts';

export interface WaysJson {
  /** The master whose API server was stopped. */
  readonly stopped: string;
  readonly everyMs: number;
  readonly reconciler: string | null;
  readonly affinity: string | null;
  readonly ways: readonly {
    readonly way: WayName;
    readonly address: string;
    readonly clients: readonly {
      readonly client: string;
      readonly asked: number;
      readonly failed: number;
      /** Null where it never got an answer at all. */
      readonly longestGapMs: number | null;
      /** From the last answer before its first failure to the first after its last; null as above. */
      readonly troubledMs: number | null;
      /** Half-width: requests were `everyMs` apart. */
      readonly gapErrorMs: number;
      /** Why its newest failed request failed; null where none did. */
      readonly reason: string | null;
    }[];
  }[];
  readonly missing: readonly WayMissing[];
}

export function waysJson({ begun, clients }: WaysScene): WaysJson {
  const { stopped, everyMs, reconciler, affinity, missing } = begun;
  const told = ({
    client,
    asked,
    failed,
    answeredMs,
    longestGapMs,
    troubledMs,
    lastReason,
  }: ClientTally) => ({
    client,
    asked,
    failed,
    longestGapMs: answeredMs === null ? null : tenths(longestGapMs),
    troubledMs: answeredMs === null ? null : tenths(troubledMs),
    gapErrorMs: everyMs,
    reason: lastReason,
  });
  const ways = begun.ways.map(({ way, address }) => ({
    way,
    address,
    clients: clients.filter((one) => one.way === way).map(told),
  }));
  return { stopped, everyMs, reconciler, affinity, ways, missing };
}

const inSeconds = (ms: number | null) => `${((ms ?? 0) / 1000).toFixed(1)} s`;
const tenths = (ms: number) => Math.round(ms * 10) / 10;

/** A line a client, and what could not be asked. */
export function waysLines({ ways, missing }: WaysJson): readonly string[] {
  const rows = ways.flatMap(({ way, address, clients }) =>
    clients.map(({ client, asked, failed, longestGapMs, troubledMs }) => {
      const gap = longestGapMs
        ? ` in ${inSeconds(troubledMs)}, up to ${inSeconds(longestGapMs)} without an answer`
        : '';
      const told = longestGapMs === null ? 'never answered' : `${failed} of ${asked} failed${gap}`;
      return `${way.padEnd(8)}  ${address.padEnd(20)}  ${client.padEnd(11)}  ${told}`;
    }),
  );
  return [...rows, ...missing.map(({ way, why }) => `${way.padEnd(8)}  not asked: ${why}`)];
}
