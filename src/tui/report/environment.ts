// What the rounds were measured on: tool, target, masters and their clocks, versions, terms and flags in use.
import { tellingFlags, termsInWords } from '../../model/groupwords.ts';
import { type InstanceTold, type MasterTold, type RunTold, runName } from '../../model/runtold.ts';
import { type Line, line, span } from '../line.ts';
import { offsetWords } from '../wording.ts';
import { wrapText } from '../wrap.ts';

/** How many recordings are told one by one; more are told together. */
const mostRuns = 3;

export function environmentLines(runs: readonly RunTold[], width: number): readonly Line[] {
  if (runs.length > mostRuns) return together(runs, width);
  return runs.flatMap((run) => [
    ...(runs.length > 1 ? [line('  ', span(runName(run), 'strong'))] : []),
    ...wrapText(recordedWords(run), width, 'plain', '  '),
    ...run.masters.flatMap((master) => masterLines(master, width)),
    ...electedLines(run.masters, width),
    ...(run.cut === null ? [] : wrapText(run.cut, width, 'warn', '  ')),
  ]);
}

function recordedWords({ run, lengthMs }: RunTold): string {
  return `Recorded by ${run.tool} (${run.what}) on ${run.target}, ${dayOf(run.startedAt)}, ${(lengthMs / 1000).toFixed(1)} s long.`;
}

/** `2026-11-25 18:27:04 UTC`. */
function dayOf(startedAt: string): string {
  return `${startedAt.slice(0, 19).replace('T', ' ')} UTC`;
}

function masterLines({ name, address, clock, apiVersion }: MasterTold, width: number): readonly Line[] {
  const told = clock
    ? `clock ${offsetWords(clock.offsetMs, clock.errorMs)} against ours`
    : 'clock not measured';
  const api = apiVersion === null ? 'API server not seen' : `API server ${apiVersion}`;
  const at = address === '' ? '' : ` (${address})`;
  return wrapText(`${name}${at}: ${told}; ${api}`, width, 'plain', '  ', '    ');
}

/** Components that elect a leader: once where all masters run them alike, else a master at a time. */
function electedLines(masters: readonly MasterTold[], width: number): readonly Line[] {
  const ways = new Map<string, { readonly one: InstanceTold; readonly on: string[] }>();
  for (const { name, instances } of masters)
    for (const one of instances) {
      if (one.terms === null) continue;
      const key = JSON.stringify([one.component, one.version, one.terms, tellingFlags(one.argv)]);
      const way = ways.get(key);
      if (way) way.on.push(name);
      else ways.set(key, { one, on: [name] });
    }
  return [...ways.values()].flatMap(({ one, on }) => {
    const where = on.length === masters.length ? 'on all masters' : `on ${on.join(', ')}`;
    const flags = tellingFlags(one.argv);
    const terms = one.terms === null ? '' : termsInWords(one.terms);
    return [
      ...wrapText(`${one.component} ${one.version ?? ''} ${where}: ${terms}`, width, 'plain', '  ', '    '),
      ...(flags.length === 0 ? [] : wrapText(flags.join(' '), width, 'dim', '    ')),
    ];
  });
}

function together(runs: readonly RunTold[], width: number): readonly Line[] {
  const each = (of: (run: RunTold) => readonly (string | null)[]) =>
    [...new Set(runs.flatMap(of))].filter((one) => one !== null && one !== '').join(', ');
  const days = runs.map(({ run }) => run.startedAt).sort();
  const sentences = [
    `${runs.length} recordings, ${dayOf(days[0] ?? '')} to ${dayOf(days.at(-1) ?? '')}, by ${each(({ run }) => [run.tool])}, of ${each(({ run }) => [run.target])}.`,
    `Masters: ${each(({ masters }) => masters.map(({ name }) => name))}. API servers: ${each(({ masters }) => masters.map(({ apiVersion }) => apiVersion)) || 'not seen'}.`,
  ];
  const cut = runs.filter((run) => run.cut !== null).map(runName);
  if (cut.length > 0) sentences.push(`Without the end of its run: ${cut.join(', ')}.`);
  return sentences.flatMap((sentence) => wrapText(sentence, width, 'plain', '  '));
}
