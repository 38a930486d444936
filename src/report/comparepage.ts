// Two sets of recordings, before and after a change, as one HTML file and as one picture.
import type { Effect } from '../model/effect.ts';
import { effectSentences } from '../model/effectwords.ts';
import { questionName } from '../model/groupwords.ts';
import type { ReportVerdict } from '../model/reportverdict.ts';
import type { RunTold } from '../model/runtold.ts';
import { type Chart, figure, svgSheet } from './charts/chart.ts';
import { differencesChart } from './charts/differences.ts';
import { sidesChart } from './charts/sides.ts';
import { sideSharesChart } from './charts/sideshares.ts';
import { type Markup, markup } from './markup.ts';
import { type Again, environmentSection } from './sections/environment.ts';
import { pageOf } from './shell.ts';

export interface ComparedFacts {
  readonly verdict: ReportVerdict;
  readonly before: readonly RunTold[];
  readonly after: readonly RunTold[];
  readonly effects: readonly Effect[];
  /** Sentences on what only one side has. */
  readonly leftOut: readonly string[];
  /** What made the page, `kha-lab 1.2.3`. */
  readonly tool: string;
  readonly again: (run: RunTold) => Again;
}

export function comparePage(facts: ComparedFacts): string {
  const { verdict, before, after, effects, leftOut, tool, again } = facts;
  const whole = differencesChart(effects, 'differences');
  return pageOf({
    title: 'kha-lab compare',
    verdict,
    note: `Before: ${countOf(before)}. After: ${countOf(after)}.`,
    main: markup`${leftOut.length > 0 && markup`<section>${leftOut.map((sentence) => markup`<p class="inconclusive">${sentence}</p>`)}</section>`}
${whole && markup`<section><h2>The difference</h2>${figure(whole)}</section>`}
${effects.map((effect, index) => effectSection(effect, index + 1))}
${comparedSection(before, after)}
${environmentSection([...before, ...after], again)}`,
    tool: `${tool} from ${before.length + after.length} recordings`,
    player: null,
  });
}

/** All pictures of a comparison under one another; null where there is nothing to draw. */
export function comparePicture({
  effects,
  verdict,
}: Pick<ComparedFacts, 'effects' | 'verdict'>): string | null {
  const charts = [
    differencesChart(effects, 'differences') ?? [],
    ...effects.map((effect, index) => chartsOf(effect, index + 1)),
  ].flat();
  return charts.length === 0 ? null : svgSheet(charts, `${verdict.verdict}: ${verdict.why}`);
}

function chartsOf(effect: Effect, number: number): readonly Chart[] {
  return [sidesChart(effect, `sides-${number}`), sideSharesChart(effect, `side-shares-${number}`)].filter(
    (chart) => chart !== null,
  );
}

function effectSection(effect: Effect, number: number): Markup {
  return markup`<section><h2>${questionName(effect.pair)}</h2>
${effectSentences(effect).map((sentence) => markup`<p>${sentence}</p>`)}
${chartsOf(effect, number).map(figure)}</section>
`;
}

/** Which recordings stand on which side: their names alone may be the same. */
function comparedSection(before: readonly RunTold[], after: readonly RunTold[]): Markup {
  const rows = (side: string, runs: readonly RunTold[]) =>
    runs.map(
      ({ file, run, rounds }) =>
        markup`<tr><td>${side}</td><td>${file}</td><td>${run.startedAt.slice(0, 16).replace('T', ' ')} UTC</td><td>${run.target}</td><td>${rounds.length}</td></tr>`,
    );
  const head = ['side', 'recording', 'begun', 'target', 'rounds'];
  return markup`<section><h2>What was compared</h2>
<div class="scroll" role="region" tabindex="0" aria-label="Recordings"><table><thead><tr>${head.map((cell) => markup`<th scope="col">${cell}</th>`)}</tr></thead><tbody>${rows('before', before)}${rows('after', after)}</tbody></table></div></section>
`;
}

function countOf(runs: readonly RunTold[]): string {
  const targets = [...new Set(runs.map(({ run }) => run.target))].join(', ');
  return `${runs.length === 1 ? 'one recording' : `${runs.length} recordings`} of ${targets}`;
}
