// The wall clock with microseconds, as log headers and lock records want it.

/** Reads wall time in epoch milliseconds with a fraction; follows the system's clock when that is set. */
export function microClock(): () => number {
  let originMs = performance.timeOrigin;
  return () => {
    const atMs = originMs + performance.now();
    // Date.now() is whole milliseconds of the same clock: anything beyond them means it was set, or the machine slept.
    const ahead = Date.now() - atMs;
    if (ahead > 3 || ahead < -4) {
      originMs += ahead;
      return atMs + ahead;
    }
    return atMs;
  };
}
