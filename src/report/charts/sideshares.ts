// Which part of the rounds was over by when, before a change and after it, on one time axis.
import { extent } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { type Effect, fewestRounds } from '../../model/effect.ts';
import { countsFrom, questionName } from '../../model/groupwords.ts';
import { lengthInWords } from '../../model/sentences.ts';
import { type Markup, markup } from '../markup.ts';
import { timeAxis } from './axis.ts';
import type { Chart, Drawn } from './chart.ts';
import { sideNames } from './sides.ts';
import { shareLines, stairs } from './stairs.ts';

type Sorted = Readonly<Record<(typeof sideNames)[number], readonly number[]>>;

/** Null where a side has too few rounds to be compared. */
export function sideSharesChart(effect: Effect, id: string): Chart | null {
  const { pair } = effect;
  const sorted = {
    before: [...pair.before.valuesMs].sort((a, b) => a - b),
    after: [...pair.after.valuesMs].sort((a, b) => a - b),
  };
  if (sideNames.some((name) => sorted[name].length < fewestRounds)) return null;
  const words = `seconds ${countsFrom({ from: pair.after.groups[0]?.from ?? 'fault' })}`;
  return {
    id,
    title: `How many were over by when: ${questionName(pair)}`,
    description:
      'The dashed stairs are before, the drawn ones after; with 95 % certainty the true curve of each lies within the area around it.',
    draw: (width) => draw(sorted, { width, words }),
    table: tableOf(sorted),
  };
}

/** Room for the two names over the curves. */
const top = 26;
const height = 240;

function draw(sorted: Sorted, { width, words }: { readonly width: number; readonly words: string }): Drawn {
  const [least = 0, most = 0] = extent(sideNames.flatMap((name) => sorted[name]));
  const begin = least < 0.4 * most ? Math.min(0, least) : least - 0.06 * (most - least);
  const x = scaleLinear()
    .domain([begin, most * 1.03 + 1])
    .range([44, width - 12]);
  const frame = { x, top, height };
  const drawn = sideNames.map((name) => stairs(sorted[name], frame, name));
  const key = sideNames.map(
    (name, at) =>
      markup`<path class="steps ${name}" d="M${44 + at * 110} 10h30"/><text x="${80 + at * 110}" y="14">${name}</text>`,
  );
  const body = markup`${key}${shareLines(frame)}${drawn.map(({ around }) => around)}${drawn.map(({ steps }) => steps)}${timeAxis(x, { y: top + height, words })}`;
  return { width, height: top + height + 40, body };
}

function tableOf(sorted: Sorted): Markup {
  const over = (of: readonly number[], share: number) =>
    lengthInWords(of[Math.min(of.length - 1, Math.ceil(share * of.length - 1e-9) - 1)] ?? 0);
  const rows = [0.25, 0.5, 0.75, 1].map(
    (share) =>
      markup`<tr><td>${Math.round(share * 100)} %</td><td>${over(sorted.before, share)}</td><td>${over(sorted.after, share)}</td></tr>`,
  );
  return markup`<table><thead><tr><th scope="col">over by then</th><th scope="col">before</th><th scope="col">after</th></tr></thead><tbody>${rows}</tbody></table>`;
}
