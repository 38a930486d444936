// The rounds of a group as a table: who, the phases after the fault, the verdict.
import { phasesOf } from '../../model/phases.ts';
import type { Placed, RoundGroup } from '../../model/roundgroups.ts';
import { roundRemarks } from '../../model/roundremarks.ts';
import { type RoundTold, type RunTold, runName } from '../../model/runtold.ts';
import { errorInWords } from '../../model/sentences.ts';
import { cutText, type Line, line, padText, span, type Tone } from '../line.ts';
import { wrapText } from '../wrap.ts';

/** More rows are no table a person reads; what went wrong is always among those shown. */
const mostRows = 60;
const mostNotes = 20;

export function tableLines({ rounds }: RoundGroup, width: number): readonly Line[] {
  const many = new Set(rounds.map(({ run }) => run)).size > 1;
  const shown = chosen(rounds);
  const columns = columnsFor(shown, width);
  let newest: RunTold | null = null;
  const rows = shown.flatMap(({ run, told }): readonly Line[] => {
    const row = rowOf(told, columns);
    if (!many || run === newest) return [row];
    newest = run;
    return [line('  ', span(cutText(runName(run), width - 2), 'dim')), row];
  });
  const left = rounds.length - shown.length;
  const more = left === 0 ? [] : [line('  ', span(`and ${left} more, all in --json and --html FILE`, 'dim'))];
  return [headOf(columns), ...rows, ...more, ...notesOf(shown, { width, many })];
}

interface Columns {
  /** Columns of a round's number. */
  readonly number: number;
  /** Columns of a master's name. */
  readonly name: number;
  /** All phases; where it is narrow only when the lock was free and taken. */
  readonly whole: boolean;
}

/** What the other columns take. */
const taken = { whole: 61, narrow: 45 };

function columnsFor(shown: readonly Placed[], width: number): Columns {
  const names = shown.flatMap(({ told: { round } }) => [round.from.length, round.to?.length ?? 0]);
  const longest = Math.max(4, ...names);
  const whole = width >= taken.whole + 2 * Math.min(longest, 7);
  const number = Math.max(3, ...shown.map(({ told: { round } }) => String(round.round).length));
  const room = Math.floor((width - (whole ? taken.whole : taken.narrow) - (number - 3)) / 2);
  return { number, name: Math.max(4, Math.min(longest, room)), whole };
}

function headOf({ number, name, whole }: Columns): Line {
  const names = `${padText('from', name)} ${padText('to', name)}`;
  const [gone, work] = whole ? ['gone'.padStart(8), 'work'.padStart(8)] : ['', ''];
  return line(
    span(
      `  ${'#'.padStart(number)} ${names}${gone}${'free'.padStart(8)} ${'lock taken'.padStart(18)}${work}`,
      'dim',
    ),
  );
}

/** All, or the first and whatever did not pass. */
function chosen(rounds: readonly Placed[]): readonly Placed[] {
  if (rounds.length <= mostRows) return rounds;
  const odd = rounds.filter(({ told }) => told.verdict.verdict !== 'passed').slice(0, mostRows / 2);
  const first = new Set(rounds.slice(0, mostRows - odd.length));
  return rounds.filter((one) => first.has(one) || odd.includes(one));
}

const verdicts: Readonly<Record<string, readonly [string, Tone]>> = {
  passed: ['✓ passed', 'good'],
  failed: ['✗ failed', 'bad'],
  inconclusive: ['? unclear', 'warn'],
};

function rowOf({ round, verdict }: RoundTold, { number, name, whole }: Columns): Line {
  const { goneMs, freeMs, freedBy, acquiredMs, firstWorkMs } = phasesOf(round);
  const [word, tone] = verdicts[verdict.verdict] ?? ['', 'plain'];
  const { handover, from, to } = round;
  const when =
    handover === null ? seconds(acquiredMs) : `${seconds(handover.ms)} ± ${errorInWords(handover.errorMs)}`;
  const names = [from, to ?? '-'].map((one) => padText(cutText(one, name), name)).join(' ');
  return line(
    `  ${String(round.round).padStart(number)} ${names}`,
    whole ? seconds(goneMs).padStart(8) : null,
    `${seconds(freeMs).padStart(8)}${freedBy === 'released' ? '*' : ' '}`,
    span(when.padStart(18), 'strong'),
    whole ? seconds(firstWorkMs).padStart(8) : null,
    '  ',
    span(word, tone),
  );
}

function seconds(ms: number | null): string {
  return ms === null ? '-' : `${(ms / 1000).toFixed(2).replace('-', '−')} s`;
}

/** What the table's signs mean, and what is to be said of single rounds. */
function notesOf(
  shown: readonly Placed[],
  { width, many }: { readonly width: number; readonly many: boolean },
): readonly Line[] {
  const released = shown.some(({ told }) => phasesOf(told.round).freedBy === 'released');
  const signs = `All from the fault on. The lock is free when the last lease is over${released ? ', or *, given back' : ''}.`;
  const notes = shown.flatMap(({ run, told }) => {
    const whose = many ? `${runName(run)}, round ${told.round.round}` : `Round ${told.round.round}`;
    return roundRemarks(told).map((sentence) => `${whose}: ${sentence}`);
  });
  const left = notes.length - mostNotes;
  const all = [
    ...notes.slice(0, mostNotes),
    ...(left > 0 ? [`And ${left} more remarks, all in --json.`] : []),
  ];
  return [
    ...wrapText(signs, width, 'dim', '  '),
    ...all.flatMap((note) => wrapText(note, width, 'plain', '  ', '    ')),
  ];
}
