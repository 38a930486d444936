// One followed log in a pane: a title that tells what is not shown, and the lines cut to width.
import type { Draw } from './draw.ts';
import {
  apart,
  cutLine,
  cutText,
  harmless,
  type Line,
  line,
  lineWidth,
  rowsOf,
  type Span,
  span,
} from './line.ts';
import type { BookLine } from './logbook.ts';
import { lineFilter } from './logfilter.ts';
import { meaningOf } from './meaning.ts';
import type { Pane } from './panes.ts';
import { roleOf, roleSpan } from './roles.ts';
import { componentWord, countWords, minuteClock } from './wording.ts';
import { texts } from './words/words.ts';

export interface PaneSize {
  readonly width: number;
  readonly height: number;
}

export function paneLines(draw: Draw, pane: Pane, size: PaneSize, focused: boolean): readonly Line[] {
  const room = size.height - 1;
  const book = pane.held?.book ?? draw.book(pane.key);
  const wanted = lineFilter(draw.view);
  const lines = book.tail(room, wanted, pane.held?.bottom);
  const title = paneTitle(draw, pane, size.width, focused);
  if (lines.length > 0) {
    const rows = lines.flatMap((each) => logRows(draw, each, size.width));
    return [title, ...(room > 0 ? rows.slice(-room) : [])];
  }
  return [title, line(' ', span(cutText(emptyWords(draw, book.total), size.width - 1), 'dim'))];
}

function paneTitle(draw: Draw, pane: Pane, width: number, focused: boolean): Line {
  const role = roleSpan(roleOf(draw.scene, pane.master, pane.component));
  const mark = focused ? span('▸', 'accent') : span(' ');
  const name = span(pane.master, focused ? 'accent' : 'strong');
  const left = line(mark, name, ' ', { ...role, text: role.text });
  const whole = state(draw, pane);
  // Who leads matters more than how much fell out of memory.
  const right = lineWidth(left) + 1 + lineWidth(whole) <= width ? whole : state(draw, pane, true);
  const room = width - lineWidth(right) - 1;
  const full = [false, true]
    .map((short) => [...left, ...line('  ', span(componentWord(pane.component, short), 'dim'))])
    .find((form) => lineWidth(form) <= room);
  return apart(full ?? cutLine(left, room), right, width);
}

function state({ book, view }: Draw, pane: Pane, brief = false): Line {
  const said = texts().logs;
  const live = book(pane.key);
  const parts: Span[] = [];
  if (live.gaps > 0) parts.push(span(`${said.gaps(live.gaps)} `, 'warn'));
  if (live.dropped > 0 && !brief) parts.push(span(`${said.dropped(countWords(live.dropped))} `, 'dim'));
  if (view.filter !== '') parts.push(span(`/${cutText(harmless(view.filter), 12)} `, 'accent'));
  if (pane.held) {
    const arrived = live.total - pane.held.book.total;
    return [...parts, span(said.paused(countWords(arrived)), 'warn')];
  }
  return [
    ...parts,
    span(view.detail === 'election' ? said.live : `${said.live}, ${said[view.detail]}`, 'good'),
  ];
}

function emptyWords({ view }: Draw, total: number): string {
  const said = texts().logs;
  if (total === 0) return said.none;
  if (view.filter !== '') return said.noMatch(harmless(view.filter));
  return said.quiet(countWords(total));
}

/** One row, but as many as it takes where lines are shown as written. */
function logRows(draw: Draw, each: BookLine, width: number): readonly Line[] {
  if (draw.view.detail !== 'raw' || each.event === 'gap') return [logLine(draw, each, width)];
  return rowsOf(harmless(each.text).slice(0, mostRaw), width - 2).map((row, index) => [
    span(index === 0 ? ' ' : '  '),
    ...highlighted(row, draw.view.filter),
  ]);
}

const mostRaw = 4000;

function logLine({ view, startedMs }: Draw, each: BookLine, width: number): Line {
  if (each.event === 'gap') return line(span(cutText(` ── ${harmless(each.text)} ──`, width), 'warn'));
  const time = span(`${minuteClock(startedMs + each.atMs)} `, 'dim');
  const room = width - time.text.length - 1;
  if (each.event === null)
    return line(
      ' ',
      time,
      ...highlighted(cutText(harmless(withoutHeader(each.text)), room), view.filter, 'dim'),
    );
  const { words, short, tone } = meaningOf(each.event);
  const said = words.length <= room ? words : short;
  return line(' ', time, ...highlighted(cutText(harmless(said), room), view.filter, tone));
}

/** klog's own date and process are left out where our time stands before it. */
function withoutHeader(text: string): string {
  return text.replace(/^([IWEF])\d{4} \d\d:\d\d:\d\d\.\d+\s+\d+ /, '$1 ');
}

function highlighted(text: string, filter: string, tone: Span['tone'] = 'plain'): Line {
  const at = filter === '' ? -1 : text.toLowerCase().indexOf(filter.toLowerCase());
  if (at < 0) return [span(text, tone)];
  const end = at + filter.length;
  return line(
    span(text.slice(0, at), tone),
    span(text.slice(at, end), 'selected'),
    span(text.slice(end), tone),
  );
}
