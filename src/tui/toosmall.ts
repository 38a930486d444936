// The screen of a terminal that is too small: what is the matter and what helps.
import { smallest } from './layout.ts';
import type { Line } from './line.ts';
import { texts } from './words/words.ts';
import { wrapText } from './wrap.ts';

export function isTooSmall({ columns, rows }: { readonly columns: number; readonly rows: number }): boolean {
  return columns < smallest.columns || rows < smallest.rows;
}

export function tooSmallLines(columns: number, rows: number): readonly Line[] {
  const said = texts().tooSmall;
  const words = `${said.size(columns, rows, `${smallest.columns}x${smallest.rows}`)} ${said.enlarge}`;
  return wrapText(words, columns - 1).slice(0, Math.max(1, rows - 1));
}
