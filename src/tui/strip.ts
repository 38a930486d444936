// The bottom strip: before a fault what to expect, while it is on a big stopwatch, afterwards the result.
import type { Round } from '../model/round.ts';
import type { WaysScene } from '../model/ways.ts';
import { axisLines } from './axis.ts';
import type { Band } from './band.ts';
import { hugeDigits, largeDigits, smallDigits } from './bigdigits.ts';
import type { Draw } from './draw.ts';
import { fitLine, joinFitting, type Line, line, span, widthOf } from './line.ts';
import { markAt, struck } from './rounds.ts';
import { waysRows, waysStrip } from './waysstrip.ts';
import { ageWords, errorWords, lengthWords, minuteClock } from './wording.ts';
import { texts } from './words/words.ts';

export type StripForm = 'none' | 'sentence' | 'line' | 'forecast' | 'ways' | 'small' | 'large' | 'huge';

export interface StripContent {
  readonly draw: Draw;
  readonly round: Round | null;
  readonly band: Band | null;
  /** Instead of the round, which is then about them. */
  readonly ways: WaysScene | null;
}

interface Told extends StripContent {
  readonly round: Round;
}

export const stripRows: Readonly<Record<StripForm, number>> = {
  none: 0,
  sentence: 1,
  line: 1,
  forecast: 4,
  ways: waysRows,
  small: 6,
  large: 9,
  huge: 14,
};

export function stripForm(
  { round, band, ways }: Omit<StripContent, 'draw'>,
  { columns, rows }: { readonly columns: number; readonly rows: number },
): StripForm {
  if (ways) return 'ways';
  if (round && markAt(round, 'faultIssued') !== null) {
    // The size of a projector's wall.
    if (rows >= 50 && columns >= 180) return 'huge';
    return rows >= 34 ? 'large' : 'small';
  }
  if (!band) return 'none';
  return rows >= 30 ? 'forecast' : 'sentence';
}

/** The form that is shown where the layout has this many rows for one: what does not fit has a form of one line. */
export function formWithin(form: StripForm, rows: number): StripForm {
  if (rows >= stripRows[form]) return form;
  if (rows < 1) return 'none';
  return form === 'forecast' ? 'sentence' : 'line';
}

export function stripLines(content: StripContent, form: StripForm, width: number): readonly Line[] {
  const { round, band, draw, ways } = content;
  if (ways && form !== 'none') return waysStrip(ways, draw, width).slice(0, stripRows[form]);
  const zero = round ? markAt(round, 'faultIssued') : null;
  if (form === 'none') return [];
  if (!round || zero === null) {
    const axis = form === 'forecast' ? axisLines({ round, band, elapsedMs: null, width }) : [];
    return [forecast(content), ...axis];
  }
  const end = markAt(round, 'acquired') ?? (round.phase === 'ended' ? zero : draw.nowMs);
  const passedMs = Math.max(0, end - zero);
  const elapsedMs = round.handover?.ms ?? (draw.calm ? Math.floor(passedMs / 1000) * 1000 : passedMs);
  if (form === 'line') return [oneLine({ ...content, round }, { elapsedMs, width })];
  const watch = watchLines(watchText(elapsedMs, round, draw.calm), form);
  const clockWidth = Math.max(0, ...watch.map(widthOf)) + 4;
  const told = tellings({ ...content, round }, zero, width - clockWidth);
  const tone = round.handover ? 'good' : 'accent';
  const rows = watch.map((row, index) => {
    const words = told[index - Math.floor((watch.length - 3) / 2)] ?? [];
    return [...fitLine(line(' ', span(row, tone)), clockWidth), ...words];
  });
  const axis = axisLines({
    round,
    band,
    elapsedMs: round.phase === 'ended' && !round.handover ? null : elapsedMs,
    width,
  });
  return form === 'small' ? [...rows, ...axis] : [...rows, [], ...axis];
}

function forecast({ band, draw }: StripContent): Line {
  if (!band) return [];
  const said = texts().strip;
  const what = draw.scene.fault ? said.armed : said.ifNow;
  return line(` ${what} ${expectedWords(band)} ${said.after}, ${halfWords(band)}`);
}

function expectedWords({ minMs, maxMs }: Band): string {
  const { expected, range } = texts().strip;
  return expected(range((minMs / 1000).toFixed(1), (maxMs / 1000).toFixed(1)));
}

function halfWords({ p50Ms }: Band): string {
  return texts().strip.half((p50Ms / 1000).toFixed(1));
}

/** The stopwatch and what matters most beside it, for a window too low for digits. */
function oneLine(
  { draw, band, round }: Told,
  { elapsedMs, width }: { readonly elapsedMs: number; readonly width: number },
): Line {
  const { scene, nowMs } = draw;
  const clock = line(' ', span(watchText(elapsedMs, round, draw.calm), round.handover ? 'good' : 'accent'));
  const expected = band ? line(expectedWords(band)) : [];
  const back = wayBack(round, nowMs, scene.fault !== null);
  if (!round.handover && round.phase !== 'ended')
    return joinFitting(
      [clock, line(`${texts().strip.on(round.fault)} `, span(struck(round), 'strong')), expected, back],
      width,
    );
  const error = round.handover ? span(` ${errorWords(round.handover.errorMs)}`) : null;
  return joinFitting([line(...clock, error), outcome(round), expected, back], width);
}

/** Tenths while it runs, or whole seconds where motion is reduced; all that was measured afterwards. */
function watchText(elapsedMs: number, { handover, phase }: Round, calm = false): string {
  const unknown = phase === 'ended' && handover === null;
  return unknown ? '  s' : `${(elapsedMs / 1000).toFixed(handover !== null ? 3 : calm ? 0 : 1)} s`;
}

function watchLines(text: string, form: StripForm): readonly string[] {
  if (form === 'huge') return hugeDigits(text);
  return form === 'large' ? largeDigits(text) : smallDigits(text);
}

function tellings({ draw, band, round }: Told, zero: number, width: number): readonly Line[] {
  const { scene, step, nowMs, startedMs } = draw;
  const said = texts().strip;
  const issued = line(
    `${said.on(round.fault)} `,
    span(struck(round), 'strong'),
    ` ${said.at(minuteClock(startedMs + zero))}`,
  );
  const guess = step ? scene.guesses[step.id] : undefined;
  const facts = [
    band ? line(expectedWords(band)) : [],
    guess === undefined ? [] : line(`${said.guess} `, span(guess, 'strong')),
    band ? line(halfWords(band)) : [],
  ];
  return [
    result(round, issued, width),
    joinFitting(facts, width),
    wayBack(round, nowMs, scene.fault !== null),
  ];
}

function result(round: Round, issued: Line, width: number): Line {
  const { handover, outage, phase } = round;
  if (!handover && phase !== 'ended') return issued;
  if (!handover) return outcome(round);
  const pieces = [
    outcome(round),
    line(
      `${texts().strip.handover} `,
      span(`${lengthWords(handover.ms)} ${errorWords(handover.errorMs)}`, 'good'),
    ),
    outage ? line(`${texts().strip.outage} ${lengthWords(outage.ms)} ${errorWords(outage.errorMs)}`) : [],
  ];
  return joinFitting(pieces, width);
}

function outcome({ handover, to }: Round): Line {
  const said = texts().strip;
  if (!handover) return line(span(said.noTakeover, 'warn'));
  return line(span(`${to ?? said.another} ★ ${said.leads}`, 'leader'));
}

function wayBack(round: Round, nowMs: number, faultOn: boolean): Line {
  const said = texts().strip;
  const { returnsAtMs, phase } = round;
  const from = struck(round);
  if (!faultOn || phase === 'ended') return line(span('✓ ', 'good'), said.isBack(from));
  if (returnsAtMs === null) return [];
  const rest = returnsAtMs - nowMs;
  if (rest <= 0) return line(said.waitsFor(from, ageWords(-rest)));
  return line(span(said.comesBack(from, ageWords(rest)), 'dim'));
}
