// The fold of requests through the ways in: for each client how many failed, and how long it went without an answer.
import type { Observation, Stamp } from './observation.ts';
import type { RunMs } from './time.ts';
import type { AskSeen, WayName, WaysSeen } from './waysseen.ts';

export interface ClientTally {
  readonly way: WayName;
  readonly client: string;
  readonly asked: number;
  readonly failed: number;
  /** Of the newest request that was answered. */
  readonly answeredMs: RunMs | null;
  /** The newest request failed: the gap goes on. */
  readonly failing: boolean;
  /**
   * Longest time without an answer, in milliseconds: from a request that was answered to the next one that was, or, of a gap that
   * goes on, to the newest that failed. 0: none failed. As requests are `everyMs` apart, it may be that much too long.
   */
  readonly longestGapMs: number;
  readonly lastReason: string | null;
}

export interface WaysScene {
  readonly begun: Stamp & WaysSeen;
  readonly over: boolean;
  /** In the order of the plan. */
  readonly clients: readonly ClientTally[];
}

/** One more observation seen; what is not about ways returns the same. Pure. */
export function seeWays(ways: WaysScene | null, o: Observation): WaysScene | null {
  if (o.kind === 'ways') {
    if (o.phase === 'ended') return ways && { ...ways, over: true };
    const clients = o.ways.flatMap(({ way, clients: names }) => names.map((client) => fresh(way, client)));
    return { begun: o, over: false, clients };
  }
  if (o.kind !== 'ask' || ways === null || ways.over) return ways;
  const clients = ways.clients.map((one) =>
    one.way === o.way && one.client === o.client ? seeAsk(one, o) : one,
  );
  return { ...ways, clients };
}

function fresh(way: WayName, client: string): ClientTally {
  return {
    way,
    client,
    asked: 0,
    failed: 0,
    answeredMs: null,
    failing: false,
    longestGapMs: 0,
    lastReason: null,
  };
}

function seeAsk(tally: ClientTally, { ok, atMs, reason }: Stamp & AskSeen): ClientTally {
  const asked = tally.asked + 1;
  const gapMs = tally.answeredMs === null ? 0 : atMs - tally.answeredMs;
  const inGap = tally.failing || !ok;
  const longestGapMs = inGap ? Math.max(tally.longestGapMs, gapMs) : tally.longestGapMs;
  if (ok) return { ...tally, asked, answeredMs: atMs, failing: false, longestGapMs };
  return { ...tally, asked, failed: tally.failed + 1, failing: true, longestGapMs, lastReason: reason };
}

/** A way as a whole: its clients, and the worst of them. */
export interface WaySum {
  readonly way: WayName;
  readonly clients: number;
  readonly asked: number;
  readonly failed: number;
  /** Clients of which at least one request failed. */
  readonly hit: number;
  readonly longestGapMs: number;
}

export function sumOf({ clients }: WaysScene, way: WayName): WaySum | null {
  const own = clients.filter((one) => one.way === way);
  if (own.length === 0) return null;
  return {
    way,
    clients: own.length,
    asked: own.reduce((sum, { asked }) => sum + asked, 0),
    failed: own.reduce((sum, { failed }) => sum + failed, 0),
    hit: own.filter(({ failed }) => failed > 0).length,
    longestGapMs: Math.max(...own.map(({ longestGapMs }) => longestGapMs)),
  };
}
