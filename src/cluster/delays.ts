// How late what an API server shows may be seen here: its answers' longest time of late, and how long this process was busy.
import { monitorEventLoopDelay } from 'node:perf_hooks';

export interface Delays {
  /** A request was answered after so many milliseconds. */
  answered(tookMs: number): void;
  /** Milliseconds: the longest of the last requests, and the longest this process was busy meanwhile. */
  longestMs(): number;
  stop(): void;
}

const keptRequests = 10;
/** How often the event loop is looked at, in milliseconds: that much of its lateness is the looking itself. */
const resolution = 10;

export function createDelays(): Delays {
  const loop = monitorEventLoopDelay({ resolution });
  loop.enable();
  const took: number[] = [];
  const busy: number[] = [];
  const busyMs = () => Math.max(0, loop.max / 1e6 - resolution);
  return {
    answered(tookMs) {
      took.push(tookMs);
      busy.push(busyMs());
      loop.reset();
      if (took.length <= keptRequests) return;
      took.shift();
      busy.shift();
    },
    longestMs: () => Math.max(0, ...took) + Math.max(busyMs(), busy.at(-1) ?? 0),
    stop: () => loop.disable(),
  };
}
