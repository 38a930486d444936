// A group of rounds on the page: what it comes to in sentences, its pictures, its table.
import { groupSentences } from '../../model/groupsentences.ts';
import { groupName } from '../../model/groupwords.ts';
import { phasesOf } from '../../model/phases.ts';
import type { Placed, RoundGroup } from '../../model/roundgroups.ts';
import { roundRemarks } from '../../model/roundremarks.ts';
import { runName } from '../../model/runtold.ts';
import { spanInWords } from '../../model/sentences.ts';
import { type Chart, figure } from '../charts/chart.ts';
import { type Markup, markup } from '../markup.ts';
import { longTable, type Row } from './longtable.ts';

export function groupSection(group: RoundGroup, charts: readonly Chart[]): Markup {
  return markup`<section><h2>${groupName(group)}</h2>
${groupSentences(group).map((sentence) => markup`<p>${sentence}</p>`)}
${charts.map(figure)}
${roundTable(group)}</section>
`;
}

const signs: Readonly<Record<string, string>> = { passed: '✓', failed: '✗', inconclusive: '?' };

function roundTable({ rounds }: RoundGroup): Markup {
  const many = new Set(rounds.map(({ run }) => run)).size > 1;
  const head = [
    ...(many ? ['recording'] : []),
    'round',
    'from',
    'to',
    'old leader gone',
    'lock free',
    'lock taken',
    'first work',
    'outage',
    'two led for',
    'verdict',
  ];
  return markup`<p class="note">Rounds, counted from the fault. The lock is free when the last lease is over, or when it was given back.</p>
${longTable({ head, of: rounds, row: (placed) => roundRow(placed, many), label: 'Rounds' })}`;
}

function roundRow({ run, told }: Placed, many: boolean): Row {
  const { round, verdict } = told;
  const { goneMs, freeMs, freedBy, firstWorkMs } = phasesOf(round);
  const cells = [
    ...(many ? [runName(run)] : []),
    String(round.round),
    round.from,
    round.to ?? '',
    seconds(goneMs),
    `${seconds(freeMs)}${freedBy === 'released' ? ' (given back)' : ''}`,
    round.handover === null ? '' : spanInWords(round.handover),
    seconds(firstWorkMs),
    round.outage === null ? '' : spanInWords(round.outage),
    round.twoLeadersMs === null ? '' : seconds(round.twoLeadersMs),
  ];
  const remarks = roundRemarks(told);
  return {
    cells: markup`${cells.map((cell) => markup`<td>${cell}</td>`)}<td class="${verdict.verdict}">${signs[verdict.verdict] ?? ''} ${verdict.verdict}${remarks.map((remark) => markup`<br><small>${remark}</small>`)}</td>`,
    odd: verdict.verdict !== 'passed',
  };
}

function seconds(ms: number | null): string {
  return ms === null ? '' : `${(ms / 1000).toFixed(2).replace('-', '−')} s`;
}
