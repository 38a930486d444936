// A run as Markdown, for the summary of a pipeline or a comment: the verdict, a table of rounds, how to see it again.
import type { RoundJson } from '../model/failoverJson.ts';
import { markMs, type PublishedRun } from './published.ts';

export function toMarkdown(runs: readonly PublishedRun[]): string {
  return `${runs.map(sectionOf).join('\n')}`;
}

function sectionOf({ result, startedAt, file, failure }: PublishedRun): string {
  const { component, fault, target, lock, rounds, summary, restored, steady } = result;
  const passed = rounds.filter(({ verdict }) => verdict === 'passed').length;
  const many = `${rounds.length} ${rounds.length === 1 ? 'round' : 'rounds'}`;
  const facts = [
    `Target ${code(target)}, ${startedAt.slice(0, 16).replace('T', ' ')} UTC, lock ${lock ? code(lock.kind) : 'unknown'}.`,
    restored ? 'Everything was put back.' : '**Not everything was put back:** type `kha-lab recover`.',
    ...(steady ? [] : ['**The state is not steady again.**']),
    ...(summary.medianMs === null ? [] : [`Median handover ${inSeconds(summary.medianMs)} of ${summary.n}.`]),
  ];
  const whys = rounds.flatMap(({ round, why }) =>
    why === undefined ? [] : [`- Round ${round}: ${plain(why)}`],
  );
  return [
    `### ${fault} ${component}: ${passed} of ${many} passed`,
    '',
    facts.join(' '),
    '',
    ...(failure === undefined ? [] : [`**No round could be run:** ${plain(failure)}`, '']),
    row([
      'round',
      'from',
      'to',
      'verdict',
      'handover',
      'outage',
      'two leaders',
      'lease over',
      'by the rules',
    ]),
    `|${' --- |'.repeat(9)}`,
    ...rounds.map((round) => row(cellsOf(round))),
    ...(whys.length === 0 ? [] : ['', ...whys]),
    ...(file === null ? [] : ['', `See it again with ${code(`kha-lab replay ${file}`)}.`]),
    '',
  ].join('\n');
}

function cellsOf(round: RoundJson): readonly string[] {
  const { from, to, verdict, handoverMs, handoverErrorMs, outageMs, outageErrorMs, twoLeadersMs } = round;
  const band = round.predictedMs;
  return [
    String(round.round),
    plain(from),
    to === null ? '' : plain(to),
    verdict,
    measured(handoverMs, handoverErrorMs),
    measured(outageMs, outageErrorMs),
    measured(twoLeadersMs, null),
    measured(markMs(round, 'leaseExpired'), null),
    band === null ? '' : `${inSeconds(band.min)} to ${inSeconds(band.max)}`,
  ];
}

function measured(ms: number | null, errorMs: number | null): string {
  if (ms === null) return '';
  return errorMs === null ? inSeconds(ms) : `${inSeconds(ms)} ± ${inSeconds(errorMs)}`;
}

function inSeconds(ms: number): string {
  return `${(ms / 1000).toFixed(3)} s`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** Names and sentences that hosts had a part in: no markup, no link, no cell of their own. */
function plain(text: string): string {
  return text.replaceAll(/[\r\n]+/g, ' ').replaceAll(/[\\`*_{}[\]<>()#|~!&]/g, (char) => `\\${char}`);
}

function code(text: string): string {
  const inline = text.replaceAll(/[\r\n]+/g, ' ');
  const fence = '`'.repeat(1 + Math.max(0, ...[...inline.matchAll(/`+/g)].map(([run]) => run.length)));
  return fence.length === 1 ? `\`${inline}\`` : `${fence} ${inline} ${fence}`;
}
