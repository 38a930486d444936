// A report for the terminal: verdict, a picture and a table for each group of rounds, environment, the way back, how to see it again.
import { groupSentences } from '../../model/groupsentences.ts';
import { groupName } from '../../model/groupwords.ts';
import { type ReportVerdict, reportVerdict } from '../../model/reportverdict.ts';
import type { RoundGroup } from '../../model/roundgroups.ts';
import { type RunTold, restoredIn, runName, steadyIn } from '../../model/runtold.ts';
import { type Line, line, span, type Tone } from '../line.ts';
import { wrapLine, wrapText } from '../wrap.ts';
import { environmentLines } from './environment.ts';
import { tableLines } from './roundtable.ts';
import { stripLines } from './strips.ts';

export interface ReportPage {
  readonly runs: readonly RunTold[];
  readonly groups: readonly RoundGroup[];
  /** The lines to type that show a recording again, and that make one like it; quoted. */
  readonly again: (run: RunTold) => { readonly replay: string; readonly repeat: string | null };
  readonly width: number;
}

const tones: Readonly<Record<string, Tone>> = {
  passed: 'good',
  failed: 'bad',
  inconclusive: 'warn',
};

export function reportLines(page: ReportPage): readonly Line[] {
  const { runs, groups, width } = page;
  return [
    ...verdictLines(reportVerdict(runs), width),
    ...groups.flatMap((group) => groupLines(group, width)),
    ...section('WHAT IT WAS MEASURED ON'),
    ...environmentLines(runs, width),
    ...section('PUT BACK'),
    ...backLines(runs, width),
    ...section('SEE IT AGAIN'),
    ...againLines(page),
  ];
}

/** The verdict and what each group comes to, for `--quiet`. */
export function shortLines({ runs, groups, width }: ReportPage): readonly Line[] {
  return [
    ...verdictLines(reportVerdict(runs), width),
    ...groups.flatMap((group) =>
      wrapText(`${groupName(group)}: ${groupSentences(group)[0]}`, width, 'plain', '  ', '    '),
    ),
  ];
}

/** `PASSED All 3 rounds passed.` */
export function verdictLines({ verdict, why }: ReportVerdict, width: number): readonly Line[] {
  return wrapLine(line(span(verdict.toUpperCase(), tones[verdict] ?? 'strong'), ` ${why}`), width, '', '  ');
}

function section(title: string): readonly Line[] {
  return [[], line(span(title, 'title'))];
}

function groupLines(group: RoundGroup, width: number): readonly Line[] {
  const strip = stripLines(group, width);
  return [
    ...section(groupName(group)),
    ...groupSentences(group).flatMap((sentence) => wrapText(sentence, width, 'plain', '  ')),
    ...(strip.length === 0 ? [] : [[], ...strip]),
    [],
    ...tableLines(group, width),
  ];
}

function backLines(runs: readonly RunTold[], width: number): readonly Line[] {
  const told = runs.map((run) => ({ words: backWords(run), run }));
  const [first] = told;
  if (!first) return [];
  const alike = told.every(({ words }) => words[0] === first.words[0]);
  const rows =
    alike && runs.length > 1
      ? [{ words: first.words, name: 'All' }]
      : told.map(({ words, run }) => ({ words, name: runs.length > 1 ? runName(run) : '' }));
  return rows.flatMap(({ words: [text, tone], name }) =>
    wrapText(name === '' ? text : `${name}: ${text}`, width, tone, '  ', '    '),
  );
}

function backWords(run: RunTold): readonly [string, Tone] {
  const [restored, steady] = [restoredIn(run), steadyIn(run)];
  if (restored === null) return ['The recording does not say whether all was put back.', 'warn'];
  if (!restored) return ['✗ Not everything was put back.', 'bad'];
  const again =
    steady === null
      ? 'whether it was steady again is not recorded'
      : steady
        ? 'steady again after each round'
        : 'but it was not steady again';
  return [`✓ Every unit was put back as found, ${again}.`, steady === false ? 'warn' : 'good'];
}

function againLines({ runs, again, width }: ReportPage): readonly Line[] {
  const shown = runs.slice(0, 3);
  const left = runs.length - shown.length;
  return [
    ...shown.flatMap((run) => {
      const { replay, repeat } = again(run);
      return [
        ...wrapLine(line('See it:     ', span(replay, 'code')), width, '  ', '    '),
        ...(repeat === null ? [] : wrapLine(line('Measure it: ', span(repeat, 'code')), width, '  ', '    ')),
      ];
    }),
    ...(left > 0 ? [line('  ', span(`and ${left} more`, 'dim'))] : []),
  ];
}
