// Rows of characters on a scale: dots for values, a bar for an interval, words under their places.
import type { Scale } from './scale.ts';

/** A dot for each value, a number where several fall together. */
export function dots(valuesMs: readonly number[], scale: Scale): string {
  const counts = new Array<number>(scale.columns).fill(0);
  for (const ms of valuesMs) counts[scale.column(ms)] = (counts[scale.column(ms)] ?? 0) + 1;
  return counts.map((n) => (n === 0 ? '┄' : n === 1 ? '●' : n < 10 ? String(n) : '█')).join('');
}

export function intervalBar(
  { lowMs, middleMs, highMs }: { readonly lowMs: number; readonly middleMs: number; readonly highMs: number },
  { columns, column }: Scale,
): string {
  const [low, middle, high] = [column(lowMs), column(middleMs), column(highMs)];
  return Array.from({ length: columns }, (_, at) => {
    if (at === middle) return '◆';
    if (at === low || at === high) return '│';
    return at > low && at < high ? '─' : ' ';
  }).join('');
}

/** Words under their places where they do not run into each other; the earlier, the more they matter. */
export function labelled(
  marks: readonly { readonly ms: number; readonly words: string }[],
  { columns, column }: Scale,
): string {
  let drawn = ' '.repeat(columns);
  for (const { ms, words } of marks) {
    const start = Math.min(Math.max(0, column(ms) - Math.floor(words.length / 2)), columns - words.length);
    const free = drawn.slice(Math.max(0, start - 1), start + words.length + 1).trim() === '';
    if (free) drawn = drawn.slice(0, start) + words + drawn.slice(start + words.length);
  }
  return drawn.trimEnd();
}
