// A round on a time axis: the expected band over it, the line with its marks and the moving dot, the labels under it.
import type { Round } from '../model/round.ts';
import { type Band, densityOf } from './band.ts';
import { type Line, line, type Span, span } from './line.ts';
import { markWords } from './rounds.ts';

export interface Axis {
  readonly round: Round | null;
  readonly band: Band | null;
  /** From the fault to now, or to the takeover once it happened; null before the fault. */
  readonly elapsedMs: number | null;
  readonly width: number;
}

const bars = ' ▁▂▃▄▅▆▇█';

/** Three lines, all of the same scale. */
export function axisLines(axis: Axis): readonly Line[] {
  const room = axis.width - 2;
  const end = Math.max(axis.band?.scaleMs ?? 0, axis.elapsedMs ?? 0, 1000) * 1.06;
  const column = (ms: number) => Math.max(0, Math.min(room - 1, Math.round((ms / end) * (room - 1))));
  return [bandLine(axis, room, end), rail(axis, room, column), labels(axis, room, column)].map((each) => [
    span(' '),
    ...each,
  ]);
}

function bandLine({ band }: Axis, room: number, end: number): Line {
  if (!band) return [];
  const slice = end / room;
  let drawn = '';
  for (let x = 0; x < room; x += 1) {
    const density = densityOf(band, x * slice, (x + 1) * slice);
    const inside = (x + 1) * slice > band.minMs && x * slice < band.maxMs;
    drawn += bars[Math.max(inside ? 1 : 0, Math.ceil(density * 8))] ?? ' ';
  }
  return [span(drawn.trimEnd(), 'accent')];
}

function rail({ round, band, elapsedMs }: Axis, room: number, column: (ms: number) => number): Line {
  const at = elapsedMs === null ? -1 : column(elapsedMs);
  const marks = new Map(marksOf(round).map(({ ms }) => [column(ms), '◆']));
  const spans: Span[] = [];
  for (let x = 0; x < room; x += 1) {
    const past = x <= at;
    const inBand = band !== null && x >= column(band.minMs) && x <= column(band.maxMs);
    const symbol = x === at ? '●' : (marks.get(x) ?? (past ? '━' : '┄'));
    const tone = x === at ? 'strong' : marks.has(x) ? 'strong' : past ? 'bad' : inBand ? 'accent' : 'dim';
    const last = spans.at(-1);
    if (last?.tone === tone) spans[spans.length - 1] = { text: last.text + symbol, tone };
    else spans.push(span(symbol, tone));
  }
  return spans;
}

/** Marks after the fault, those of nearly the same instant once. */
function marksOf(round: Round | null): readonly { readonly ms: number; readonly words: string }[] {
  const zero = round?.marks.find(({ name }) => name === 'faultIssued')?.atMs;
  if (!round || zero === undefined) return [];
  return round.marks
    .filter(({ atMs, name }) => atMs >= zero && name !== 'faultEnded' && name !== 'restored')
    .map(({ atMs, name }) => ({ ms: atMs - zero, words: markWords()[name] }));
}

/** Words under their marks where they do not run into each other; what matters more takes its place first. */
function labels({ round, band }: Axis, room: number, column: (ms: number) => number): Line {
  const marks = marksOf(round).map(({ ms, words }) => ({ x: column(ms), words }));
  const wanted = [
    ...marks.filter(({ words }) => words === markWords().acquired),
    ...marks,
    ...(band ? [{ x: column(band.maxMs), words: `${(band.maxMs / 1000).toFixed(1)} s` }] : []),
    ...(band ? [{ x: column(band.minMs), words: (band.minMs / 1000).toFixed(1) }] : []),
    ...(marks.length === 0 ? [{ x: 0, words: '0 s' }] : []),
  ];
  let drawn = ' '.repeat(room);
  for (const { x, words } of wanted) {
    const start = Math.min(Math.max(0, x - Math.floor(words.length / 2)), room - words.length);
    const free = drawn.slice(Math.max(0, start - 1), start + words.length + 1).trim() === '';
    if (free) drawn = drawn.slice(0, start) + words + drawn.slice(start + words.length);
  }
  return line(span(drawn.trimEnd(), 'dim'));
}
