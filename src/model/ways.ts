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
  /**
   * From the last answer before its first failure to the first one after its last, or to that failure where none came: where
   * only some requests fail it is longer than any gap. 0: none failed.
   */
  readonly troubledMs: number;
  /** Of the last answer before the first failure. */
  readonly troubledSinceMs: RunMs | null;
  readonly lastReason: string | null;
}

export interface WaysScene {
  readonly begun: Stamp & WaysSeen;
  readonly over: boolean;
  /** When the API server was stopped; null before, and where it never came to that. */
  readonly stoppedMs: RunMs | null;
  /** Null while it goes on. */
  readonly endedMs: RunMs | null;
  /** In the order of the plan. */
  readonly clients: readonly ClientTally[];
}

/** One more observation seen; what is not about ways returns the same. Pure. */
export function seeWays(ways: WaysScene | null, o: Observation): WaysScene | null {
  if (o.kind === 'ways') {
    if (o.phase === 'ended') return ways && { ...ways, over: true, endedMs: o.atMs };
    const clients = o.ways.flatMap(({ way, clients: names }) => names.map((client) => fresh(way, client)));
    return { begun: o, over: false, stoppedMs: null, endedMs: null, clients };
  }
  if (ways === null || ways.over) return ways;
  if (o.kind === 'fault' && o.phase === 'issued')
    return { ...ways, stoppedMs: o.atMs, clients: ways.clients.map(anew) };
  if (o.kind !== 'ask') return ways;
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
    troubledMs: 0,
    troubledSinceMs: null,
    lastReason: null,
  };
}

/** What went wrong before the stop did not come of it: from here on it is counted. */
function anew({ way, client, answeredMs }: ClientTally): ClientTally {
  return { ...fresh(way, client), answeredMs };
}

function seeAsk(tally: ClientTally, { ok, atMs, reason }: Stamp & AskSeen): ClientTally {
  const asked = tally.asked + 1;
  const gapMs = tally.answeredMs === null ? 0 : atMs - tally.answeredMs;
  const inGap = tally.failing || !ok;
  const longestGapMs = inGap ? Math.max(tally.longestGapMs, gapMs) : tally.longestGapMs;
  const since = tally.troubledSinceMs ?? (ok ? null : tally.answeredMs);
  const troubledMs = inGap && since !== null ? atMs - since : tally.troubledMs;
  const now = { ...tally, asked, longestGapMs, troubledMs, troubledSinceMs: since };
  if (ok) return { ...now, answeredMs: atMs, failing: false };
  return { ...now, failed: tally.failed + 1, failing: true, lastReason: reason };
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
  readonly troubledMs: number;
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
    troubledMs: Math.max(...own.map(({ troubledMs }) => troubledMs)),
  };
}
