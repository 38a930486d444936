// The first frame without Ink, which takes longer to load than all else: no text and no logs are to be placed yet.
import type { Composition } from './compose.ts';
import { painted } from './print.ts';
import type { Theme } from './theme.ts';

/** The frame's lines; null where the body has something to show beside or below something else, which is Ink's to place. */
export function firstPaint(composition: Composition, theme: Theme): string | null {
  const { layout, top, text, panes, panel, bottom } = composition;
  if (!layout.fits || text.length > 0 || panes.length > 0) return null;
  const height = layout.height - top.length - bottom.length;
  const shown = painted(panel ?? [], theme).slice(0, height);
  const body = [...shown, ...Array.from({ length: height - shown.length }, () => '')];
  return [...painted(top, theme), ...body, ...painted(bottom, theme)].join('\n');
}
