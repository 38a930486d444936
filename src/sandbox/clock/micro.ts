// The wall clock with microseconds, as log headers and lock records want it.

/**
 * Reads wall time in epoch milliseconds with a fraction; follows the system's clock when that is set, a millisecond behind at
 * most. `Date.now()` is whole milliseconds of that clock, so each reading bounds where the fine counter began on it; several
 * processes of a machine agree by that to some hundredths of a millisecond, which `performance.timeOrigin` alone does not.
 */
export function microClock(): () => number {
  let originMs = performance.timeOrigin;
  const read = () => {
    const before = performance.now();
    const whole = Date.now();
    const after = performance.now();
    originMs = Math.min(Math.max(originMs, whole - after), whole + 1 - before);
    return originMs + after;
  };
  // The bounds are sharpest where a millisecond begins, so one beginning is waited for.
  const untilMs = Date.now() + 2;
  while (Date.now() < untilMs) read();
  return read;
}
