// The observer's monotonic clock, whose wall time was noted once by the runtime.
import type { EpochMs } from '../model/time.ts';

export function observerNow(): EpochMs {
  return performance.timeOrigin + performance.now();
}
