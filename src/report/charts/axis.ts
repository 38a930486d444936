// The time axis that charts share: ticks in seconds, as many as the width carries.
import type { ScaleLinear } from 'd3-scale';
import { type Markup, markup } from '../markup.ts';

export type TimeScale = ScaleLinear<number, number>;

/** At `y`, with hairlines up to `top` where given. The scale is of milliseconds. */
export function timeAxis(
  scale: TimeScale,
  { y, top, words }: { readonly y: number; readonly top?: number; readonly words: string },
): Markup {
  const [from = 0, to = 0] = scale.range();
  const seconds = scale.copy().domain(scale.domain().map((ms) => ms / 1000));
  const ticks = seconds.ticks(Math.max(3, Math.floor((to - from) / 80)));
  const format = seconds.tickFormat(ticks.length);
  return markup`<path class="axis" d="M${from} ${y}H${to}"/>${ticks.map((tick) => {
    const x = seconds(tick);
    return markup`${top === undefined ? null : markup`<path class="grid" d="M${x} ${top}V${y}"/>`}<path class="axis" d="M${x} ${y}v5"/><text class="middle" x="${x}" y="${y + 18}">${format(tick)}</text>`;
  })}<text class="end" x="${to}" y="${y + 34}">${words}</text>`;
}
