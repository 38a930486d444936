// All rounds of a group as dots over the band of the rules; a row for each recording where there are several.
import { extent, max } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { area, curveBasis } from 'd3-shape';
import { countsFrom, groupName } from '../../model/groupwords.ts';
import type { RoundGroup } from '../../model/roundgroups.ts';
import { runName } from '../../model/runtold.ts';
import { lengthInWords, spanInWords } from '../../model/sentences.ts';
import { summarise } from '../../model/statistics.ts';
import { type Markup, markup } from '../markup.ts';
import { type TimeScale, timeAxis } from './axis.ts';
import { barsHeight, barsOf, barsTable, mostDots } from './bars.ts';
import type { Chart, Drawn } from './chart.ts';

type Counted = RoundGroup['counted'][number];

interface Row {
  readonly name: string;
  readonly rounds: readonly Counted[];
}

/** Radius of a dot, while there are few; of many each is smaller, so that all of them take no more paper. */
const largest = 4.5;
const crowd = 150;

function radiusOf(rounds: number): number {
  return rounds <= crowd ? largest : Math.max(0.8, largest * Math.sqrt(crowd / rounds));
}
const bandTop = 24;
const bandHeight = 70;

/** Null where nothing was measured. */
export function stripChart(group: RoundGroup, id: string): Chart | null {
  if (group.counted.length === 0) return null;
  const rows = rowsOf(group);
  const crowded = rows.some(({ rounds }) => rounds.length > mostDots);
  const band = group.prediction ? ' The band behind them is how likely the rules make each length.' : '';
  const median =
    rows.length > 1
      ? ' By each row: the recording, how many rounds, their median.'
      : group.summary.medianInterval
        ? ' The diamond is the median, the bar its interval.'
        : '';
  return {
    id,
    title: `All rounds: ${groupName(group)}`,
    description: `${crowded ? 'The higher a bar, the more rounds took so long; what did not pass has a dot' : 'Each dot is a round'}, ${countsFrom(group)} to the lock being taken.${band}${median}`,
    draw: (width) => draw(group, rows, width),
    table: tableOf(group),
  };
}

function rowsOf({ counted }: RoundGroup): readonly Row[] {
  const runs = new Map<Counted['run'], Counted[]>();
  for (const one of counted) {
    const own = runs.get(one.run);
    if (own) own.push(one);
    else runs.set(one.run, [one]);
  }
  return [...runs].map(([run, rounds]) => ({ name: runName(run), rounds }));
}

function draw(group: RoundGroup, rows: readonly Row[], width: number): Drawn {
  const { prediction, counted, summary } = group;
  const [least = 0, most = 0] = extent([
    ...counted.map(({ ms }) => ms),
    ...(prediction ? [prediction.minMs, prediction.maxMs] : []),
  ]);
  const from = least < 0.4 * most ? Math.min(0, least) : least - 0.06 * (most - least);
  // Names stand before their rows where there is room, else over them.
  const beside = rows.length > 1 && width >= 500;
  const scale = scaleLinear()
    .domain([from, most + 0.03 * (most - from) + 1])
    .range([beside ? besideWidth : 12, width - 12]);
  let y = prediction ? bandTop + bandHeight : bandTop;
  const bottomOfBand = y;
  const drawn: Markup[] = [];
  for (const { name, rounds } of rows) {
    if (rows.length > 1) {
      const { medianMs } = summarise(rounds.map(({ ms }) => ms));
      const told = `${name}: ${rounds.length} ${rounds.length === 1 ? 'round' : 'rounds'}, median ${lengthInWords(medianMs ?? 0)}`;
      drawn.push(
        beside
          ? markup`<text class="end" x="${besideWidth - 12}" y="${y + 16}"><title>${told}</title>${shortened(name, rounds.length, medianMs ?? 0)}</text>`
          : markup`<text class="strong" x="12" y="${y + 16}">${told}</text>`,
      );
      y += beside ? 4 : 20;
    }
    if (rounds.length > mostDots) {
      const bottom = y + barsHeight + 4;
      const odd = rounds.filter(isOdd).slice(0, mostDots);
      const dots = odd.map((one) => dotAt({ ...one, x: scale(one.ms), level: 0 }, { bottom, dot: 3 }));
      drawn.push(barsOf(rounds, { scale, bottom }), ...dots);
      y += barsHeight + 8;
      continue;
    }
    const dot = radiusOf(rounds.length);
    const swarm = stacked(rounds, { scale, dot });
    const height = ((max(swarm, ({ level }) => level) ?? 0) + 1) * 2 * dot + 8;
    drawn.push(...swarm.map((one) => dotAt(one, { bottom: y + height - 4, dot })));
    y += height;
  }
  if (rows.length === 1 && summary.medianInterval && summary.medianMs !== null) {
    const { lowMs, highMs } = summary.medianInterval;
    const [low, middle, high] = [scale(lowMs), scale(summary.medianMs), scale(highMs)];
    drawn.push(
      markup`<path class="interval" d="M${low} ${y + 4}v8m0 -4H${high}m0 -4v8"/><path class="median" d="M${middle} ${y + 1}l6 7l-6 7l-6 -7z"/>`,
    );
    y += 18;
  }
  y += 4;
  const body = markup`${prediction ? bandOf(group, { scale, bottom: bottomOfBand, end: y }) : null}${drawn}${timeAxis(scale, { y, words: `seconds ${countsFrom(group)}` })}`;
  return { width, height: y + 40, body };
}

/** Room for names before their rows. */
const besideWidth = 250;

function shortened(name: string, rounds: number, medianMs: number): string {
  const most = 20;
  const kept = name.length <= most ? name : `${name.slice(0, most - 1)}…`;
  return `${kept}: ${rounds}, ${lengthInWords(medianMs)}`;
}

interface Swarmed extends Counted {
  readonly x: number;
  readonly level: number;
}

/** Dots that would cover one another stand on each other. */
function stacked(
  rounds: readonly Counted[],
  { scale, dot }: { readonly scale: TimeScale; readonly dot: number },
): readonly Swarmed[] {
  const levels: number[] = [];
  return [...rounds]
    .sort((a, b) => a.ms - b.ms)
    .map((one) => {
      const x = scale(one.ms);
      let level = levels.findIndex((last) => x - last >= 2 * dot);
      if (level < 0) level = levels.length;
      levels[level] = x;
      return { ...one, x, level };
    });
}

const isOdd = ({ told }: Pick<Counted, 'told'>) => told.outside !== null || told.verdict.verdict !== 'passed';

function dotAt(
  { x, level, ms, errorMs, run, told }: Swarmed,
  { bottom, dot }: { readonly bottom: number; readonly dot: number },
): Markup {
  const words = `${runName(run)}, round ${told.round.round}: ${spanInWords({ ms, errorMs })}`;
  return markup`<circle class="dot${isOdd({ told }) ? ' odd' : ''}${dot < 3 ? ' small' : ''}" cx="${x}" cy="${bottom - dot - level * 2 * dot}" r="${dot}"><title>${words}</title></circle>`;
}

function bandOf(
  { prediction }: RoundGroup,
  at: { readonly scale: TimeScale; readonly bottom: number; readonly end: number },
): Markup | null {
  if (prediction === null) return null;
  const { scale, bottom, end } = at;
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
    .y1(([, share]) => bottom - share * (bandHeight - 4))
    .curve(curveBasis);
  const edge = (ms: number, words: string, anchor: string) =>
    markup`<path class="edge" d="M${scale(ms)} ${bandTop - 6}V${end}"/><text class="${anchor}" x="${scale(ms)}" y="14">${words}</text>`;
  const s = (ms: number) => (ms / 1000).toFixed(1);
  return markup`<path class="band" d="${shape(points) ?? ''}"/>${edge(prediction.minMs, `${s(prediction.minMs)} s`, 'start')}${edge(prediction.p50Ms, `half by ${s(prediction.p50Ms)} s`, 'middle')}${edge(prediction.maxMs, `${s(prediction.maxMs)} s`, 'end')}`;
}

function tableOf({ counted }: RoundGroup): Markup {
  if (counted.length > mostDots) return barsTable(counted);
  const rows = counted.map(
    ({ run, told, ms, errorMs }) =>
      markup`<tr><td>${runName(run)}</td><td>${told.round.round}</td><td>${spanInWords({ ms, errorMs })}</td></tr>`,
  );
  return markup`<table><thead><tr><th scope="col">recording</th><th scope="col">round</th><th scope="col">lock taken after</th></tr></thead><tbody>${rows}</tbody></table>`;
}
