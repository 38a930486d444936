// How likely the rules make each length, as a band behind what was measured, with its ends and its middle.
import { max } from 'd3-array';
import { area, curveBasis } from 'd3-shape';
import type { Prediction } from '../../model/prediction.ts';
import { type Markup, markup } from '../markup.ts';
import type { TimeScale } from './axis.ts';

/** The hill between `top` and `bottom`, its edges down to `end`, their words above `top`. */
export function rulesBand(
  prediction: Prediction,
  at: { readonly scale: TimeScale; readonly top: number; readonly bottom: number; readonly end: number },
): Markup {
  const { scale, top, bottom, end } = at;
  const bins = prediction.histogram(40);
  const most = max(bins, ({ share }) => share) ?? 1;
  const points: [number, number][] = [
    [prediction.minMs, 0],
    ...bins.map(({ fromMs, toMs, share }): [number, number] => [(fromMs + toMs) / 2, share / most]),
    [prediction.maxMs, 0],
  ];
  const shape = area<[number, number]>()
    .x(([ms]) => scale(ms))
    .y0(bottom)
    .y1(([, share]) => bottom - share * (bottom - top - 4))
    .curve(curveBasis);
  const edge = (ms: number, words: string, anchor: string) =>
    markup`<path class="edge" d="M${scale(ms)} ${top - 6}V${end}"/><text class="${anchor}" x="${scale(ms)}" y="${top - 10}">${words}</text>`;
  const s = (ms: number) => (ms / 1000).toFixed(1);
  return markup`<path class="band" d="${shape(points) ?? ''}"/>${edge(prediction.minMs, `${s(prediction.minMs)} s`, 'start')}${edge(prediction.p50Ms, `half by ${s(prediction.p50Ms)} s`, 'middle')}${edge(prediction.maxMs, `${s(prediction.maxMs)} s`, 'end')}`;
}
