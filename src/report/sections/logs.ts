// The logs of all masters merged by corrected time, with filters by host, component and text.
import { readTime } from '../../model/rfc3339.ts';
import type { LogKept } from '../../model/runlogs.ts';
import { type RunTold, runName } from '../../model/runtold.ts';
import { errorInWords } from '../../model/sentences.ts';
import { type Markup, markup } from '../markup.ts';

interface Entry extends LogKept {
  readonly run: string;
  readonly wallMs: number;
}

/** Null where no line was kept. */
export function logSection(runs: readonly RunTold[]): Markup | null {
  const entries = runs
    .flatMap((told): readonly Entry[] => {
      const startedMs = readTime(told.run.startedAt) ?? 0;
      return told.logs.map((one) => ({ ...one, run: runName(told), wallMs: startedMs + one.atMs }));
    })
    .sort((a, b) => a.wallMs - b.wallMs);
  if (entries.length === 0) return null;
  const leftOut = runs.reduce((sum, run) => sum + run.logsLeftOut, 0);
  const many = runs.length > 1;
  const choices = (of: (entry: Entry) => string) => [...new Set(entries.map(of))].sort();
  return markup`<section id="logs"><h2>Logs of all masters, merged by corrected time</h2>
<p class="note">Each line stands where its written time lies on the observer's clock, give or take what is said beside it.${leftOut > 0 && ` ${leftOut} lines that only repeat themselves are left out; the recording has them.`}</p>
<form id="filters" aria-label="Filters of the logs">
${select(
  'host',
  'Master',
  choices(({ host }) => host ?? 'cluster'),
)}
${select(
  'component',
  'Component',
  choices(({ component }) => component),
)}
${
  many &&
  select(
    'run',
    'Recording',
    choices(({ run }) => run),
  )
}
<label>Text <input id="f-text" type="search" autocomplete="off" spellcheck="false"></label>
<label><input id="f-weighty" type="checkbox"> only what bears on who leads</label>
<output id="f-count" role="status" aria-live="polite">${entries.length} of ${entries.length} lines</output></form>
<div class="scroll" role="region" tabindex="0" aria-label="Log lines"><table id="lines"><thead><tr>${many && markup`<th scope="col">recording</th>`}<th scope="col">time (UTC)</th><th scope="col">±</th><th scope="col">master</th><th scope="col">component</th><th scope="col">line</th></tr></thead>
<tbody>${entries.map((entry) => lineRow(entry, many))}</tbody></table></div></section>
`;
}

function select(name: string, label: string, choices: readonly string[]): Markup {
  return markup`<label>${label} <select id="f-${name}"><option value="">all</option>${choices.map((one) => markup`<option>${one}</option>`)}</select></label>`;
}

function lineRow({ run, wallMs, errorMs, host, component, line, weighty }: Entry, many: boolean): Markup {
  return markup`<tr${weighty && markup` class="weighty"`}>${many && markup`<td>${run}</td>`}<td>${clockOf(wallMs)}</td><td>${errorMs === 0 ? '' : errorInWords(errorMs)}</td><td>${host ?? 'cluster'}</td><td>${component}</td><td class="line">${line}</td></tr>
`;
}

/** `18:27:04.304`. */
function clockOf(epochMs: number): string {
  const ms = ((Math.floor(epochMs) % 86_400_000) + 86_400_000) % 86_400_000;
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1000) % 60)}.${String(ms % 1000).padStart(3, '0')}`;
}
