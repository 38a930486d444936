// Lines for a terminal that scrolls, or a pipe: toned text with the codes the theme asks for, and none where it asks for none.
import { styleText } from 'node:util';
import { type Line, textOf } from './line.ts';
import type { Looks, Theme } from './theme.ts';

/** The lines as text; each ends in a line feed, none in spaces. Bare: nothing but characters, as a file wants it. */
export function printed(
  lines: readonly Line[],
  theme: Theme,
  { bare = false }: { readonly bare?: boolean } = {},
): string {
  const rows = bare ? lines.map((each) => theme.spell(textOf(each)).trimEnd()) : painted(lines, theme);
  return rows.map((row) => `${row}\n`).join('');
}

/** One string a line. */
export function painted(lines: readonly Line[], { looks, spell }: Theme): readonly string[] {
  return lines.map((each) =>
    each
      .map(({ text, tone }) => styled(spell(text), looks[tone]))
      .join('')
      .trimEnd(),
  );
}

function styled(text: string, { color, bold, dimColor, inverse }: Looks): string {
  const formats = [
    ...(color === undefined ? [] : [color]),
    ...(bold ? ['bold'] : []),
    ...(dimColor ? ['dim'] : []),
    ...(inverse ? ['inverse'] : []),
  ] as Parameters<typeof styleText>[0] & string[];
  return formats.length === 0 ? text : styleText(formats, text);
}
