// How lengths of time are written in a lab's texts.

/** `16.3 s`. */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

/** `15 s`, `2.5 s`: for settings, which are mostly whole. */
export function setting(ms: number): string {
  return `${Number((ms / 1000).toFixed(3))} s`;
}

/** `0.4 ms`, `200 ms`, `1.2 s`: for error bars and offsets. */
export function small(ms: number): string {
  const size = Math.abs(ms);
  if (size >= 1000) return seconds(ms);
  return `${size < 10 ? ms.toFixed(1) : ms.toFixed(0)} ms`;
}
