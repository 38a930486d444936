// Rounds that are too many for a dot each: bars, the higher the more rounds took so long; and the same as numbers.
import { bin, max } from 'd3-array';
import { lengthInWords } from '../../model/sentences.ts';
import { type Markup, markup } from '../markup.ts';
import type { TimeScale } from './axis.ts';

/** Of one row; more would make a page slow, and cover one another. */
export const mostDots = 1000;
export const barsHeight = 100;
/** Wide enough to be seen, narrow enough to show the shape. */
const barWidth = 3;
const mostRows = 40;

type Timed = { readonly ms: number };

/** One path for all of them: a page of two widths holds it twice. */
export function barsOf(
  rounds: readonly Timed[],
  { scale, bottom }: { readonly scale: TimeScale; readonly bottom: number },
): Markup {
  const counts = new Map<number, number>();
  for (const { ms } of rounds) {
    const at = Math.floor(scale(ms) / barWidth) * barWidth;
    counts.set(at, (counts.get(at) ?? 0) + 1);
  }
  const most = max(counts.values()) ?? 1;
  const bars = [...counts]
    .sort(([a], [b]) => a - b)
    // Even one round is seen.
    .map(([x, count]) => [x, Math.max(1, Math.round((count / most) * barsHeight))] as const)
    .map(([x, high]) => `M${x} ${bottom}v${-high}h${barWidth}v${high}z`);
  return markup`<path class="bars" d="${bars.join('')}"><title>${rounds.length} rounds; the highest bar is ${most} of them</title></path>`;
}

export function barsTable(rounds: readonly Timed[]): Markup {
  const bins = bin<Timed, number>()
    .value(({ ms }) => ms)
    .thresholds(mostRows)(rounds);
  const rows = bins.map(
    ({ x0 = 0, x1 = 0, length }) =>
      markup`<tr><td>${lengthInWords(x0)} to ${lengthInWords(x1)}</td><td>${length}</td></tr>`,
  );
  return markup`<table><thead><tr><th scope="col">lock taken after</th><th scope="col">rounds</th></tr></thead><tbody>${rows}</tbody></table>`;
}
