// The first frame without Ink, which takes longer to load than all else: what stands over and under a body still empty.
import { styleText } from 'node:util';
import type { Composition } from './compose.ts';
import type { Line } from './line.ts';
import type { Looks, Theme } from './theme.ts';

/** The frame's lines; null where the body has something to show already, which is Ink's to place. */
export function firstPaint(composition: Composition, theme: Theme): string | null {
  const { layout, top, text, panes, panel, bottom } = composition;
  if (!layout.fits || panel || text.length > 0 || panes.length > 0) return null;
  const body = Array.from({ length: layout.height - top.length - bottom.length }, () => '');
  return [...painted(top, theme), ...body, ...painted(bottom, theme)].join('\n');
}

function painted(lines: readonly Line[], { looks, spell }: Theme): readonly string[] {
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
