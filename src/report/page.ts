// A report as one HTML file: nothing is loaded from anywhere, and its policy says so; only its own script and style are let in, by hash.
import { createHash } from 'node:crypto';
import type { ReportVerdict } from '../model/reportverdict.ts';
import type { RoundGroup } from '../model/roundgroups.ts';
import type { RunTold } from '../model/runtold.ts';
import { figure } from './charts/chart.ts';
import { type ReportCharts, reportCharts } from './charts/list.ts';
import { filmScript, filmStyle } from './filmscript.ts';
import { Markup, markup } from './markup.ts';
import { pageStyle } from './pagestyle.ts';
import { script } from './script.ts';
import { type Again, environmentSection } from './sections/environment.ts';
import { type Films, filmSection } from './sections/films.ts';
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
  /** Left out: the page has none. */
  readonly films?: Films;
}

export function reportPage(facts: ReportFacts): string {
  const { runs, groups, verdict, tool, again, films } = facts;
  const charts = reportCharts(runs, groups);
  const filmed = films !== undefined && films.told.length > 0 ? films : null;
  const styles = [pageStyle, ...(filmed ? [filmed.player.style, filmStyle] : [])];
  const scripts = [script, ...(filmed ? [filmed.player.script, filmScript] : [])];
  const title = `${verdict.verdict}: ${verdict.why}`;
  const logs = logSection(runs);
  return `<!doctype html>
${
  markup`<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policyOf(styles, scripts, { terminal: filmed !== null })}">
<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark">
<title>kha-lab report: ${title}</title>${styles.map((text) => markup`<style>${new Markup(text)}</style>`)}</head>
<body><header><h1><span class="verdict ${verdict.verdict}">${verdict.verdict.toUpperCase()}</span>${verdict.why}</h1>
<p class="note">${sourcesOf(runs)}</p></header>
<main>
${groups.map((group, index) => groupSection(group, charts.ofGroup[index] ?? []))}
${roundsSection(charts)}
${filmed && filmSection(filmed)}
${putBackSection(runs)}
${environmentSection(runs, again)}
${logs}
</main><footer><p>Made by ${tool} from ${runs.length === 1 ? 'one recording' : `${runs.length} recordings`}. This file loads nothing and sends nothing.${filmed && ' Terminals are played by asciinema-player (Apache-2.0).'}</p></footer>
${scripts.map((text) => markup`<script>${new Markup(text)}</script>`)}</body></html>`.text
}
`;
}

/** Nothing but these; the player's terminal is WebAssembly, carried in its script, and needs a word of its own. */
function policyOf(
  styles: readonly string[],
  scripts: readonly string[],
  { terminal }: { readonly terminal: boolean },
): string {
  const hashes = (texts: readonly string[]) =>
    texts.map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`).join(' ');
  return `default-src 'none'; style-src ${hashes(styles)}; script-src ${hashes(scripts)}${terminal ? " 'wasm-unsafe-eval'" : ''}; base-uri 'none'; form-action 'none'`;
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
