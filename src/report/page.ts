// A report as one HTML file: verdict, pictures, films, proof that all was put back, environment, logs.
import type { ReportVerdict } from '../model/reportverdict.ts';
import type { RoundGroup } from '../model/roundgroups.ts';
import type { RunTold } from '../model/runtold.ts';
import { figure } from './charts/chart.ts';
import { type ReportCharts, reportCharts } from './charts/list.ts';
import { type Markup, markup } from './markup.ts';

import { type Again, environmentSection } from './sections/environment.ts';
import { type Films, filmSection } from './sections/films.ts';
import { logSection } from './sections/logs.ts';
import { putBackSection } from './sections/putback.ts';
import { groupSection } from './sections/rounds.ts';
import { pageOf } from './shell.ts';

export interface ReportFacts {
  readonly runs: readonly RunTold[];
  readonly groups: readonly RoundGroup[];
  readonly verdict: ReportVerdict;
  /** What made the report, `kha-lab 1.2.3`. */
  readonly tool: string;
  readonly again: (run: RunTold) => Again;
  /** Left out: the page has none. */
  readonly films?: Films;
}

export function reportPage(facts: ReportFacts): string {
  const { runs, groups, verdict, tool, again, films } = facts;
  const charts = reportCharts(runs, groups);
  const filmed = films !== undefined && films.told.length > 0 ? films : null;
  return pageOf({
    title: 'kha-lab report',
    verdict,
    note: sourcesOf(runs),
    main: markup`${groups.map((group, index) => groupSection(group, charts.ofGroup[index] ?? []))}
${roundsSection(charts)}
${filmed && filmSection(filmed)}
${putBackSection(runs)}
${environmentSection(runs, again)}
${logSection(runs)}`,
    tool: `${tool} from ${runs.length === 1 ? 'one recording' : `${runs.length} recordings`}`,
    player: filmed?.player ?? null,
  });
}

function sourcesOf(runs: readonly RunTold[]): string {
  const days = runs.map(({ run }) => `${run.startedAt.slice(0, 16).replace('T', ' ')} UTC`).sort();
  const [first = '', last = ''] = [days[0], days.at(-1)];
  const when = first === last ? first : `${first} to ${last}`;
  const targets = [...new Set(runs.map(({ run }) => run.target))].join(', ');
  return `Measured ${when} on ${targets}.`;
}

/** Few are all open; of many only the first. */
function roundsSection({ ofRounds, leftOut }: ReportCharts): Markup | null {
  if (ofRounds.length === 0) return null;
  const open = ofRounds.length <= 3 ? ofRounds.length : 1;
  return markup`<section><h2>Each round on its time axis</h2>
${ofRounds.map(
  (chart, index) =>
    markup`<details${index < open && markup` open`}><summary>${chart.title}</summary>${figure(chart)}</details>
`,
)}${leftOut > 0 && markup`<p class="note">${leftOut} more rounds stand in the tables alone.</p>`}</section>
`;
}
