// The first frame without Ink, which takes longer to load than all else: what stands over and under a body still empty.
import type { Composition } from './compose.ts';
import { painted } from './print.ts';
import type { Theme } from './theme.ts';

/** The frame's lines; null where the body has something to show already, which is Ink's to place. */
export function firstPaint(composition: Composition, theme: Theme): string | null {
  const { layout, top, text, panes, panel, bottom } = composition;
  if (!layout.fits || panel || text.length > 0 || panes.length > 0) return null;
  const body = Array.from({ length: layout.height - top.length - bottom.length }, () => '');
  return [...painted(top, theme), ...body, ...painted(bottom, theme)].join('\n');
}
