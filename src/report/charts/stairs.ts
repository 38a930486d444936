// Which part of some lengths was over by when, as stairs, with the area in which the true curve lies; and the axis of shares.
import { scaleLinear } from 'd3-scale';
import { area, curveStepAfter, line } from 'd3-shape';
import { type Markup, markup } from '../markup.ts';
import type { TimeScale } from './axis.ts';

export interface StairsFrame {
  /** Of milliseconds; its domain is what the stairs span. */
  readonly x: TimeScale;
  readonly top: number;
  readonly height: number;
}

const shareScale = ({ top, height }: StairsFrame) => scaleLinear([0, 1], [top + height, top]);

/** The curve and the area around it (95 %), of lengths in ascending order. `side` names the style where two stand together. */
export function stairs(
  sorted: readonly number[],
  frame: StairsFrame,
  side: '' | 'before' | 'after' = '',
): { readonly around: Markup; readonly steps: Markup } {
  const { x } = frame;
  const y = shareScale(frame);
  const n = sorted.length;
  const [begin = 0, end = 0] = x.domain();
  const points: [number, number][] = [[begin, 0], ...stepsOf(sorted), [end, 1]];
  // Dvoretzky, Kiefer and Wolfowitz, with Massart's constant.
  const sure = Math.sqrt(Math.log(2 / 0.05) / (2 * n));
  const curve = line<[number, number]>()
    .x(([ms]) => x(ms))
    .y(([, share]) => y(share))
    .curve(curveStepAfter);
  const around = area<[number, number]>()
    .x(([ms]) => x(ms))
    .y0(([, share]) => y(Math.max(0, share - sure)))
    .y1(([, share]) => y(Math.min(1, share + sure)))
    .curve(curveStepAfter);
  const style = side === '' ? '' : ` ${side}`;
  return {
    around: markup`<path class="sure${style}" d="${around(points) ?? ''}"/>`,
    steps: markup`<path class="steps${style}" d="${curve(points) ?? ''}"/>`,
  };
}

/** Twice the pixels of the picture's height. */
const mostSteps = 500;

/** Of very many every so manieth: no step between is as high as a pixel. */
function stepsOf(sorted: readonly number[]): readonly [number, number][] {
  const n = sorted.length;
  const count = Math.min(n, mostSteps);
  return Array.from({ length: count }, (_, at) => {
    const upTo = Math.round(((at + 1) / count) * n);
    return [sorted[upTo - 1] ?? 0, upTo / n];
  });
}

/** Lines of the shares, named at the left edge. */
export function shareLines(frame: StairsFrame): Markup {
  const y = shareScale(frame);
  const [from = 0, to = 0] = frame.x.range();
  const lines = [0, 0.25, 0.5, 0.75, 1].map(
    (share) =>
      markup`<path class="grid" d="M${from} ${y(share)}H${to}"/><text class="end" x="${from - 6}" y="${y(share) + 4}">${Math.round(share * 100)} %</text>`,
  );
  return markup`${lines}`;
}
