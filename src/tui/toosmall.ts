// The screen of a terminal that is too small: what is the matter and what helps.
import { smallest } from './layout.ts';
import type { Line } from './line.ts';
import { wrapText } from './wrap.ts';

export function isTooSmall({ columns, rows }: { readonly columns: number; readonly rows: number }): boolean {
  return columns < smallest.columns || rows < smallest.rows;
}

export function tooSmallLines(columns: number, rows: number): readonly Line[] {
  const size = `This window is ${columns}x${rows}; kha-lab needs ${smallest.columns}x${smallest.rows}.`;
  const words = `${size} Make it larger, or leave with ctrl+c. Until then no other key works; the run goes on.`;
  return wrapText(words, columns - 1).slice(0, Math.max(1, rows - 1));
}
