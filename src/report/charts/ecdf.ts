// Which part of all rounds was over by when, beside what the rules say: drawn only where enough rounds carry it.
import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { countsFrom, groupName } from '../../model/groupwords.ts';
import type { RoundGroup } from '../../model/roundgroups.ts';
import { lengthInWords } from '../../model/sentences.ts';
import { markup } from '../markup.ts';
import { timeAxis } from './axis.ts';
import type { Chart, Drawn } from './chart.ts';
import { shareLines, stairs } from './stairs.ts';

/** Fewer rounds make stairs of which nothing can be read. */
export const leastRounds = 20;

/** Null under 20 rounds. */
export function ecdfChart(group: RoundGroup, id: string): Chart | null {
  const sorted = group.counted.map(({ ms }) => ms).sort((a, b) => a - b);
  if (sorted.length < leastRounds) return null;
  return {
    id,
    title: `How many were over by when: ${groupName(group)}`,
    description: `The stairs are the ${sorted.length} rounds measured; with 95 % certainty the true curve lies within the area around them.${group.prediction ? ' The dashed curve is what the rules predict.' : ''}`,
    draw: (width) => draw(group, sorted, width),
    table: tableOf(sorted, group),
  };
}

const top = 10;
const height = 240;

function draw({ prediction, from }: RoundGroup, sorted: readonly number[], width: number): Drawn {
  const most = Math.max(sorted.at(-1) ?? 0, prediction?.maxMs ?? 0);
  const least = Math.min(sorted[0] ?? 0, prediction?.minMs ?? Number.POSITIVE_INFINITY);
  const begin = least < 0.4 * most ? Math.min(0, least) : least - 0.06 * (most - least);
  const x = scaleLinear()
    .domain([begin, most * 1.03 + 1])
    .range([44, width - 12]);
  const y = scaleLinear([0, 1], [top + height, top]);
  const { around, steps } = stairs(sorted, { x, top, height });
  const law = prediction
    ? Array.from({ length: 101 }, (_, at): [number, number] => [prediction.quantile(at / 100), at / 100])
    : [];
  const curve = line<[number, number]>()
    .x(([ms]) => x(ms))
    .y(([, share]) => y(share));
  const body = markup`${shareLines({ x, top, height })}${around}${steps}${law.length > 0 && markup`<path class="law" d="${curve(law) ?? ''}"/>`}${timeAxis(x, { y: top + height, words: `seconds ${countsFrom({ from })}` })}`;
  return { width, height: top + height + 40, body };
}

function tableOf(sorted: readonly number[], { prediction }: RoundGroup) {
  const shares = [0.05, 0.25, 0.5, 0.75, 0.95];
  const rows = shares.map((share) => {
    const ms = sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length - 1e-9) - 1)] ?? 0;
    const rule = prediction ? lengthInWords(prediction.quantile(share)) : '';
    return markup`<tr><td>${Math.round(share * 100)} %</td><td>${lengthInWords(ms)}</td><td>${rule}</td></tr>`;
  });
  return markup`<table><thead><tr><th scope="col">over by then</th><th scope="col">measured</th><th scope="col">by the rules</th></tr></thead><tbody>${rows}</tbody></table>`;
}
