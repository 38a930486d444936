// A report as one HTML file: nothing is loaded from anywhere, and its policy says so; only its own script and style are let in, by hash.
import { createHash } from 'node:crypto';
import type { ReportVerdict } from '../model/reportverdict.ts';
import type { RoundGroup } from '../model/roundgroups.ts';
import type { RunTold } from '../model/runtold.ts';
import { figure } from './charts/chart.ts';
import { type ReportCharts, reportCharts } from './charts/list.ts';
import { Markup, markup } from './markup.ts';
import { pageStyle } from './pagestyle.ts';
import { script } from './script.ts';
import { type Again, environmentSection } from './sections/environment.ts';
import { logSection } from './sections/logs.ts';
import { putBackSection } from './sections/putback.ts';
import { groupSection } from './sections/rounds.ts';

export interface ReportFacts {
  readonly runs: readonly RunTold[];
  readonly groups: readonly RoundGroup[];
  readonly verdict: ReportVerdict;
  /** What made the report, `kha-lab 1.2.3`. */
  readonly tool: string;
  readonly again: (run: RunTold) => Again;
}

export function reportPage(facts: ReportFacts): string {
  const { runs, groups, verdict, tool, again } = facts;
  const charts = reportCharts(runs, groups);
  const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  const policy = `default-src 'none'; style-src ${hash(pageStyle)}; script-src ${hash(script)}; base-uri 'none'; form-action 'none'`;
  const title = `${verdict.verdict}: ${verdict.why}`;
  const logs = logSection(runs);
  return `<!doctype html>
${
  markup`<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark">
<title>kha-lab report: ${title}</title><style>${new Markup(pageStyle)}</style></head>
<body><header><h1><span class="verdict ${verdict.verdict}">${verdict.verdict.toUpperCase()}</span>${verdict.why}</h1>
<p class="note">${sourcesOf(runs)}</p></header>
<main>
${groups.map((group, index) => groupSection(group, charts.ofGroup[index] ?? []))}
${roundsSection(charts)}
${putBackSection(runs)}
${environmentSection(runs, again)}
${logs}
</main><footer><p>Made by ${tool} from ${runs.length === 1 ? 'one recording' : `${runs.length} recordings`}. This file loads nothing and sends nothing.</p></footer>
<script>${new Markup(script)}</script></body></html>`.text
}
`;
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
