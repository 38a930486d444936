// A middle with the interval it lies in: a diamond on a bar.
import { type Markup, markup } from '../markup.ts';
import type { TimeScale } from './axis.ts';

/** 16 px high, from `y` on; milliseconds. */
export function medianSign(
  { lowMs, middleMs, highMs }: { readonly lowMs: number; readonly middleMs: number; readonly highMs: number },
  { scale, y }: { readonly scale: TimeScale; readonly y: number },
): Markup {
  const [low, middle, high] = [scale(lowMs), scale(middleMs), scale(highMs)];
  return markup`<path class="interval" d="M${low} ${y + 4}v8m0 -4H${high}m0 -4v8"/><path class="median" d="M${middle} ${y + 1}l6 7l-6 7l-6 -7z"/>`;
}
