// Prints reports: as wide as there is room, with the colours of the terminal.
import type { Line } from '../tui/line.ts';
import { printed } from '../tui/print.ts';
import { themeFor } from '../tui/theme.ts';
import type { CommonFlags } from './flags.ts';
import type { Surroundings } from './surroundings.ts';

/** A pipe is as wide as a page; a terminal as it is. */
export function widthOf({ stdout }: Pick<Surroundings, 'stdout'>): number {
  return Math.max(60, Math.min(stdout.columns ?? 80, 160) - 1);
}

/** Prints lines with the colours of the terminal; into a pipe or a file bare, unless colours are asked for. */
export function printLines(
  lines: readonly Line[],
  { color }: Pick<CommonFlags, 'color'>,
  { env, stdout }: Surroundings,
): void {
  const forced = env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '0';
  const theme = themeFor({ env, ...(!color && { color: false }) });
  stdout.write(printed(lines, theme, { bare: !stdout.isTTY && !forced }));
}
