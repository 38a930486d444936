// Wraps toned text at words, once per step and width, not per frame.
import { type Line, type Span, span, type Tone, widthOf } from './line.ts';

interface Word {
  readonly pieces: readonly Span[];
  readonly width: number;
}

/** Wraps to `width` columns; `indent` goes before every line but the first, which has `lead`. */
export function wrapLine(spans: Line, width: number, lead = '', indent = lead): readonly Line[] {
  const lines: Line[] = [];
  let row: Span[] = lead === '' ? [] : [span(lead)];
  let used = widthOf(lead);
  let empty = true;
  const room = Math.max(1, width);
  for (const word of wordsOf(spans, room - Math.max(widthOf(lead), widthOf(indent)))) {
    const gap = empty ? 0 : 1;
    if (!empty && used + gap + word.width > room) {
      lines.push(row);
      row = indent === '' ? [] : [span(indent)];
      used = widthOf(indent);
      empty = true;
    }
    if (!empty) {
      row.push(span(' ', sameTone(row.at(-1), word.pieces[0])));
      used += 1;
    }
    row.push(...word.pieces);
    used += word.width;
    empty = false;
  }
  return [...lines, row];
}

export function wrapText(text: string, width: number, tone: Tone = 'plain', lead = '', indent = lead) {
  return wrapLine([span(text, tone)], width, lead, indent);
}

function sameTone(before: Span | undefined, after: Span | undefined): Tone {
  return before !== undefined && before.tone === after?.tone ? before.tone : 'plain';
}

/** Words may change tone in the middle (`code`, comma); words wider than a line are broken. */
function wordsOf(spans: Line, room: number): readonly Word[] {
  const words: Word[] = [];
  let pieces: Span[] = [];
  const end = () => {
    if (pieces.length > 0) words.push(...broken(pieces, Math.max(1, room)));
    pieces = [];
  };
  for (const { text, tone } of spans) {
    for (const [index, part] of text.split(/\s+/).entries()) {
      if (index > 0) end();
      if (part !== '') pieces.push({ text: part, tone });
    }
  }
  end();
  return words;
}

function broken(pieces: readonly Span[], room: number): readonly Word[] {
  const width = pieces.reduce((sum, { text }) => sum + widthOf(text), 0);
  if (width <= room) return [{ pieces, width }];
  const words: Word[] = [];
  for (const { text, tone } of pieces) {
    let part = '';
    for (const character of text) {
      if (widthOf(part + character) > room) {
        words.push({ pieces: [{ text: part, tone }], width: widthOf(part) });
        part = '';
      }
      part += character;
    }
    if (part !== '') words.push({ pieces: [{ text: part, tone }], width: widthOf(part) });
  }
  return words;
}
