// How much later or sooner each compared question is answered: the difference of medians with its interval, around none at all.
import { max } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import type { Effect } from '../../model/effect.ts';
import { shiftWords } from '../../model/effectwords.ts';
import { questionName } from '../../model/groupwords.ts';
import { type Markup, markup } from '../markup.ts';
import { timeAxis } from './axis.ts';
import type { Chart, Drawn } from './chart.ts';
import { medianSign } from './mediansign.ts';

interface Shown {
  readonly name: string;
  readonly lowMs: number;
  readonly middleMs: number;
  readonly highMs: number;
  readonly verdict: string;
}

const verdicts: Readonly<Record<Effect['verdict'], string>> = {
  slower: 'slower',
  faster: 'faster',
  noDifference: 'no difference is shown',
  tooFew: 'too few rounds to say',
};

/** Null where nothing has an interval. */
export function differencesChart(effects: readonly Effect[], id: string): Chart | null {
  const shown = effects.flatMap(({ pair, differenceMs, intervalMs, verdict }): readonly Shown[] =>
    differenceMs === null || intervalMs === null
      ? []
      : [
          {
            ...{
              name: questionName(pair),
              lowMs: intervalMs.low,
              middleMs: differenceMs,
              highMs: intervalMs.high,
            },
            verdict: verdicts[verdict],
          },
        ],
  );
  if (shown.length === 0) return null;
  return {
    id,
    title: 'What the change came to',
    description:
      'The diamond is the median after minus the median before; with 95 % certainty the true difference lies on the bar. The dashed line is no difference; left of it is sooner, right of it later.',
    draw: (width) => draw(shown, width),
    table: tableOf(shown),
  };
}

function draw(shown: readonly Shown[], width: number): Drawn {
  const reach =
    (max(shown, ({ lowMs, highMs }) => Math.max(Math.abs(lowMs), Math.abs(highMs), 1)) ?? 1) * 1.1;
  const scale = scaleLinear()
    .domain([-reach, reach])
    .range([12, width - 12]);
  let y = 0;
  const rows = shown.map(({ name, verdict, ...interval }) => {
    const row = markup`<text class="strong" x="12" y="${y + 16}">${name}: ${shiftWords(interval.middleMs)}, ${verdict}</text><path class="zero" d="M${scale(0)} ${y + 22}v24"/>${medianSign(interval, { scale, y: y + 26 })}`;
    y += 48;
    return row;
  });
  const body = markup`${rows}${timeAxis(scale, { y, words: 'seconds later' })}`;
  return { width, height: y + 40, body };
}

function tableOf(shown: readonly Shown[]): Markup {
  const rows = shown.map(
    ({ name, lowMs, middleMs, highMs, verdict }) =>
      markup`<tr><td>${name}</td>${[middleMs, lowMs, highMs].map((ms) => markup`<td>${shiftWords(ms)}</td>`)}<td>${verdict}</td></tr>`,
  );
  const head = ['what', 'difference of medians', 'at least', 'at most', 'verdict'];
  return markup`<table><thead><tr>${head.map((cell) => markup`<th scope="col">${cell}</th>`)}</tr></thead><tbody>${rows}</tbody></table>`;
}
