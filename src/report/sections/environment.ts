// What the rounds were measured on: recordings, masters and their clocks, versions, flags in use; and how to do it again.
import { termsInWords } from '../../model/groupwords.ts';
import { type MasterTold, type RunTold, runName } from '../../model/runtold.ts';
import { errorInWords, lengthInWords } from '../../model/sentences.ts';
import { type Markup, markup } from '../markup.ts';

export interface Again {
  readonly replay: string;
  readonly repeat: string | null;
}

export function environmentSection(runs: readonly RunTold[], again: (run: RunTold) => Again): Markup {
  return markup`<section><h2>What it was measured on, and how to do it again</h2>
${runs.map((run) => runPart(run, again(run), runs.length > 3))}</section>
`;
}

function runPart(told: RunTold, { replay, repeat }: Again, folded: boolean): Markup {
  const { run, masters, lengthMs, cut, problems } = told;
  const facts: [string, string][] = [
    ['recorded by', `${run.tool} (${run.what})`],
    ['target', run.target],
    ['begun', `${run.startedAt.slice(0, 19).replace('T', ' ')} UTC`],
    ['length', lengthInWords(lengthMs)],
    ...(run.versions
      ? [['observer', `Node ${run.versions.node}, ${run.versions.platform}`] as [string, string]]
      : []),
  ];
  return markup`<details${folded ? null : markup` open`}><summary>${runName(told)}</summary>
<dl>${facts.map(([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
${cut !== null && markup`<p class="inconclusive">${cut}</p>`}${problems.map(({ message, tryThis }) => markup`<p class="failed">${message} ${tryThis}</p>`)}
<p>See it again:</p><pre tabindex="0"><code>${replay}</code></pre>${repeat !== null && markup`<p>Measure it again:</p><pre tabindex="0"><code>${repeat}</code></pre>`}
<div class="scroll" role="region" tabindex="0" aria-label="Masters"><table><thead><tr><th scope="col">master</th><th scope="col">its clock minus ours</th><th scope="col">API server</th><th scope="col">component</th><th scope="col">version</th><th scope="col">elects by</th></tr></thead>
<tbody>${masters.map(masterRows)}</tbody></table></div>
<details><summary>Command lines in use</summary>${masters.map(({ name, instances }) =>
    instances.map(
      ({ unit, argv }) =>
        markup`<p>${unit} on ${name}</p><pre tabindex="0"><code>${argv.map((word, at) => `${at === 0 ? '' : ' '}${word}`)}</code></pre>`,
    ),
  )}</details></details>
`;
}

function masterRows({ name, clock, apiVersion, instances }: MasterTold): Markup {
  const elected = instances.filter(({ terms }) => terms !== null);
  const offset = clock ? `${offsetInWords(clock.offsetMs)} ± ${errorInWords(clock.errorMs)}` : 'not measured';
  const first = markup`<th scope="row">${name}</th><td>${offset}</td><td>${apiVersion ?? 'not seen'}</td>`;
  if (elected.length === 0) return markup`<tr>${first}<td></td><td></td><td></td></tr>`;
  return markup`${elected.map(
    ({ component, version, terms }) =>
      markup`<tr>${first}<td>${component}</td><td>${version ?? ''}</td><td class="long">${terms && termsInWords(terms)}</td></tr>`,
  )}`;
}

/** `+0.4 ms`, `−2.00 s`. */
function offsetInWords(ms: number): string {
  const size = Math.abs(ms) >= 1000 ? lengthInWords(Math.abs(ms)) : `${Math.abs(ms).toFixed(1)} ms`;
  return `${ms < 0 ? '−' : '+'}${size}`;
}
