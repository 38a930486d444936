// The timeline: the marks of every round, with their error bars and who saw them.
import type { Mark, Round } from '../model/round.ts';
import type { Draw } from './draw.ts';
import { cutText, type Line, line, padText, span, widthOf } from './line.ts';
import type { PanelLines } from './lists.ts';
import { markAt, markWords, roundsOf } from './rounds.ts';
import { errorWords, lengthWords, minuteClock } from './wording.ts';
import { texts } from './words/words.ts';
import { wrapText } from './wrap.ts';

export function timelinePanel({ scene, view, startedMs }: Draw, width: number): PanelLines {
  const said = texts().timeline;
  const masters = [said.columns[3], ...Object.keys(scene.masters)];
  const table = { startedMs, width, master: Math.max(...masters.map(widthOf)) };
  const lines = roundsOf(scene).flatMap((round, index) => [
    ...(index > 0 ? [[]] : []),
    ...headLines(round, width),
    row(said.columns, table, 'dim'),
    ...round.marks.map((mark) => row(cellsOf(mark, round, startedMs), table, 'strong')),
  ]);
  if (lines.length === 0) lines.push(...wrapText(said.none, width - 2, 'dim', '  '));
  const most = Math.max(0, lines.length - 1);
  return { lines, at: Math.min(view.cursor, most), most };
}

function headLines(
  { round, fault, component, from, handover, outage }: Round,
  width: number,
): readonly Line[] {
  const said = texts().timeline;
  const what = span(said.round(round, fault, component, from), 'title');
  const took = handover
    ? span(`${lengthWords(handover.ms)} ${errorWords(handover.errorMs)}`, 'good')
    : span(said.noTakeover, 'warn');
  const whole = line(what, `   ${said.handover} `, took);
  const lost = outage
    ? [line(`  ${said.outage} ${lengthWords(outage.ms)} ${errorWords(outage.errorMs)}`)]
    : [];
  const fits = whole.reduce((sum, { text }) => sum + widthOf(text), 0) <= width;
  return fits ? [whole, ...lost] : [line(what), line(`  ${said.handover} `, took), ...lost];
}

type Cells = readonly [
  after: string,
  error: string,
  mark: string,
  master: string,
  seenBy: string,
  at: string,
];

function cellsOf(mark: Mark, round: Round, startedMs: number): Cells {
  const zero = markAt(round, 'faultIssued');
  return [
    zero === null ? '' : lengthWords(mark.atMs - zero),
    errorWords(mark.errorMs),
    markWords()[mark.name],
    mark.host ?? '',
    texts().witnesses[mark.witness],
    minuteClock(startedMs + mark.atMs),
  ];
}

/** The wall clock's column goes first where it is narrow. */
function row(
  [after, error, mark, master, seenBy, at]: Cells,
  { width, master: masterWidth }: { readonly width: number; readonly master: number },
  tone: 'dim' | 'strong',
): Line {
  const first = ` ${after.padStart(11)} ${padText(error, 8)}  ${padText(mark, 13)} `;
  const rest = `${padText(master, masterWidth)} ${padText(seenBy, 13)}`;
  const wide = widthOf(first) + widthOf(rest) + 10 <= width;
  return line(span(first, tone), cutText(wide ? `${rest} ${at}` : rest.trimEnd(), width - widthOf(first)));
}
