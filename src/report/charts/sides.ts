// Before and after a change on one time axis: each side's rounds as dots over the band of its own rules, with its median.
import { extent } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import type { Effect } from '../../model/effect.ts';
import { sideWords } from '../../model/effectwords.ts';
import { countsFrom, questionName } from '../../model/groupwords.ts';
import type { Prediction } from '../../model/prediction.ts';
import type { Side } from '../../model/runsides.ts';
import { runName } from '../../model/runtold.ts';
import { spanInWords } from '../../model/sentences.ts';
import { type Markup, markup } from '../markup.ts';
import { timeAxis } from './axis.ts';
import { barsTable, mostDots } from './bars.ts';
import type { Chart, Drawn } from './chart.ts';
import { medianSign } from './mediansign.ts';
import { rulesBand } from './rulesband.ts';
import { swarmOf } from './swarm.ts';

export const sideNames = ['before', 'after'] as const;

/** Null where a side has nothing. */
export function sidesChart(effect: Effect, id: string): Chart | null {
  const { pair } = effect;
  if (effect.before.n === 0 || effect.after.n === 0) return null;
  const banded = sideNames.some((name) => bandOf(pair[name]) !== null);
  return {
    id,
    title: `Before and after: ${questionName(pair)}`,
    description: `Each dot is a round, ${from(effect)} to the lock being taken. The diamond is the median, the bar its interval.${banded ? ' The band behind each side is how likely its rules make each length.' : ''}`,
    draw: (width) => draw(effect, width),
    table: tableOf(effect),
  };
}

/** Where the rounds of a side were measured under several rules, there is no one band. */
function bandOf({ groups }: Side): Prediction | null {
  const [first, ...others] = groups.map(({ prediction }) => prediction);
  const isSame = (one: Prediction | null) => one?.minMs === first?.minMs && one?.maxMs === first?.maxMs;
  return first && others.every(isSame) ? first : null;
}

const from = ({ pair }: Effect) => countsFrom({ from: pair.after.groups[0]?.from ?? 'fault' });

const bandHeight = 56;

function draw(effect: Effect, width: number): Drawn {
  const { pair } = effect;
  const bands = sideNames.flatMap((name) => bandOf(pair[name]) ?? []);
  const [least = 0, most = 0] = extent([
    ...sideNames.flatMap((name) => pair[name].valuesMs),
    ...bands.flatMap(({ minMs, maxMs }) => [minMs, maxMs]),
  ]);
  const begin = least < 0.4 * most ? Math.min(0, least) : least - 0.06 * (most - least);
  const scale = scaleLinear()
    .domain([begin, most + 0.03 * (most - begin) + 1])
    .range([12, width - 12]);
  let y = 0;
  const drawn: Markup[] = [];
  for (const name of sideNames) {
    const summary = effect[name];
    const band = bandOf(pair[name]);
    drawn.push(markup`<text class="strong" x="12" y="${y + 16}">${name}: ${sideWords(summary)}</text>`);
    const top = y + 48;
    const bottom = band ? top + bandHeight : y + 24;
    const swarm = swarmOf(
      pair[name].groups.flatMap(({ counted }) => counted),
      scale,
    );
    const middle = bottom + swarm.height;
    const end = middle + 20;
    if (band) drawn.push(rulesBand(band, { scale, top, bottom, end }));
    drawn.push(markup`<g class="dots-${name}">${swarm.at(bottom)}</g>`);
    if (summary.medianInterval && summary.medianMs !== null)
      drawn.push(medianSign({ ...summary.medianInterval, middleMs: summary.medianMs }, { scale, y: middle }));
    y = end + 8;
  }
  const body = markup`${drawn}${timeAxis(scale, { y, words: `seconds ${from(effect)}` })}`;
  return { width, height: y + 40, body };
}

function tableOf({ pair }: Effect): Markup {
  const all = sideNames.map((name) => pair[name].groups.flatMap(({ counted }) => counted));
  if (all.some((rounds) => rounds.length > mostDots))
    return markup`${all.map((rounds, at) => markup`<p class="note">${sideNames[at] ?? ''}</p>${barsTable(rounds)}`)}`;
  const rows = sideNames.flatMap((name) =>
    pair[name].groups.flatMap(({ counted }) =>
      counted.map(
        ({ run, told, ms, errorMs }) =>
          markup`<tr><td>${name}</td><td>${runName(run)}</td><td>${told.round.round}</td><td>${spanInWords({ ms, errorMs })}</td></tr>`,
      ),
    ),
  );
  return markup`<table><thead><tr><th scope="col">side</th><th scope="col">recording</th><th scope="col">round</th><th scope="col">lock taken after</th></tr></thead><tbody>${rows}</tbody></table>`;
}
