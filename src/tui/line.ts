// Lines of toned text, measured and cut here so that Ink never has to wrap or truncate anything.
import stringWidth from 'string-width';

/** What a piece of text is, not how it looks: the theme decides that. */
export type Tone =
  | 'plain'
  | 'dim'
  | 'strong'
  | 'title'
  | 'code'
  | 'good'
  | 'bad'
  | 'warn'
  | 'leader'
  | 'standby'
  | 'accent'
  | 'selected'
  | 'rule';

export interface Span {
  readonly text: string;
  readonly tone: Tone;
}

export type Line = readonly Span[];

export function span(text: string, tone: Tone = 'plain'): Span {
  return { text, tone };
}

/** A line of pieces; bare strings are plain, empty pieces are left out. */
export function line(...parts: readonly (string | Span | null)[]): Line {
  return parts.flatMap((part) => {
    if (part === null || part === '') return [];
    return typeof part === 'string' ? span(part) : part;
  });
}

const ascii = /^[\x20-\x7e]*$/;

/** Characters of one column each that our own texts are full of; measuring grapheme by grapheme is 50 times slower. */
const narrow =
  /^[\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e\u2190-\u21ff\u2500-\u25fc\u2605\u2713\u2717]*$/;

/** Columns a text takes. */
export function widthOf(text: string): number {
  return narrow.test(text) ? text.length : stringWidth(text);
}

export function lineWidth(spans: Line): number {
  return spans.reduce((sum, { text }) => sum + widthOf(text), 0);
}

const unsafe = /[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** The same text with nothing in it that a terminal would obey; a tab becomes a space. */
export function harmless(text: string): string {
  return ascii.test(text) ? text : text.replaceAll('\t', ' ').replace(unsafe, '\u00b7');
}

/** Text of at most `width` columns; what was cut ends in `…`. */
export function cutText(text: string, width: number): string {
  if (width <= 0) return '';
  if (narrow.test(text)) return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
  if (stringWidth(text) <= width) return text;
  let kept = '';
  let used = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    const columns = stringWidth(segment);
    if (used + columns > width - 1) break;
    kept += segment;
    used += columns;
  }
  return `${kept}…`;
}

/** The line within `width` columns, its tones kept. */
export function cutLine(spans: Line, width: number): Line {
  const kept: Span[] = [];
  let left = width;
  for (const [index, { text, tone }] of spans.entries()) {
    const columns = widthOf(text);
    const more = spans.slice(index + 1).some((next) => next.text !== '');
    if (columns < left || (columns === left && !more)) {
      kept.push({ text, tone });
      left -= columns;
      continue;
    }
    const cut = cutText(columns === left ? `${text} ` : text, left);
    if (cut !== '') kept.push({ text: cut, tone });
    break;
  }
  return kept;
}

export function padText(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

/** The line filled with spaces, or cut, to exactly `width` columns. */
export function fitLine(spans: Line, width: number): Line {
  const cut = cutLine(spans, width);
  const missing = width - lineWidth(cut);
  return missing > 0 ? [...cut, span(' '.repeat(missing))] : cut;
}

/** `left` and `right` at the ends of one line; the right one stays whole when it gets narrow. */
export function apart(left: Line, right: Line, width: number): Line {
  const room = width - lineWidth(right) - 1;
  if (room < 1) return cutLine(right, width);
  return [...fitLine(left, room), span(' '), ...right];
}

/** As many whole pieces as fit, with `gap` between them; the earlier a piece, the more it matters. */
export function joinFitting(pieces: readonly Line[], width: number, gap = '   '): Line {
  const joined: Span[] = [];
  let used = 0;
  for (const piece of pieces) {
    const columns = lineWidth(piece) + (used === 0 ? 0 : gap.length);
    if (piece.length === 0 || used + columns > width) continue;
    if (used > 0) joined.push(span(gap));
    joined.push(...piece);
    used += columns;
  }
  return joined;
}

export function textOf(spans: Line): string {
  return spans.map(({ text }) => text).join('');
}

/** The text broken into rows of at most `width` columns, wherever that falls. */
export function rowsOf(text: string, width: number): readonly string[] {
  const rows: string[] = [];
  let rest = text;
  while (widthOf(rest) > width) {
    const head = narrow.test(rest) ? rest.slice(0, width) : cutText(rest, width + 1).slice(0, -1);
    if (head === '') break;
    rows.push(head);
    rest = rest.slice(head.length);
  }
  return [...rows, rest];
}
