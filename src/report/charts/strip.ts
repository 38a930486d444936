// All rounds of a group as dots over the band of the rules; a row for each recording where there are several.
import { extent } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { countsFrom, groupName } from '../../model/groupwords.ts';
import type { RoundGroup } from '../../model/roundgroups.ts';
import { runName } from '../../model/runtold.ts';
import { lengthInWords, spanInWords } from '../../model/sentences.ts';
import { summarise } from '../../model/statistics.ts';
import { type Markup, markup } from '../markup.ts';
import { timeAxis } from './axis.ts';
import { barsTable, mostDots } from './bars.ts';
import type { Chart, Drawn } from './chart.ts';
import { medianSign } from './mediansign.ts';
import { rulesBand } from './rulesband.ts';
import { type Counted, swarmOf } from './swarm.ts';

interface Row {
  readonly name: string;
  readonly rounds: readonly Counted[];
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
    const swarm = swarmOf(rounds, scale);
    drawn.push(swarm.at(y));
    y += swarm.height;
  }
  if (rows.length === 1 && summary.medianInterval && summary.medianMs !== null) {
    drawn.push(medianSign({ ...summary.medianInterval, middleMs: summary.medianMs }, { scale, y }));
    y += 18;
  }
  y += 4;
  const body = markup`${prediction && rulesBand(prediction, { scale, top: bandTop, bottom: bottomOfBand, end: y })}${drawn}${timeAxis(scale, { y, words: `seconds ${countsFrom(group)}` })}`;
  return { width, height: y + 40, body };
}

/** Room for names before their rows. */
const besideWidth = 250;

function shortened(name: string, rounds: number, medianMs: number): string {
  const most = 20;
  const kept = name.length <= most ? name : `${name.slice(0, most - 1)}…`;
  return `${kept}: ${rounds}, ${lengthInWords(medianMs)}`;
}

function tableOf({ counted }: RoundGroup): Markup {
  if (counted.length > mostDots) return barsTable(counted);
  const rows = counted.map(
    ({ run, told, ms, errorMs }) =>
      markup`<tr><td>${runName(run)}</td><td>${told.round.round}</td><td>${spanInWords({ ms, errorMs })}</td></tr>`,
  );
  return markup`<table><thead><tr><th scope="col">recording</th><th scope="col">round</th><th scope="col">lock taken after</th></tr></thead><tbody>${rows}</tbody></table>`;
}
