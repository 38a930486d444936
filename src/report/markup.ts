// Markup built so that nothing in it can be forgotten to be escaped: what is put into a template is text, unless it is markup itself.
import { sanitise } from '../model/sanitise.ts';

/** HTML or SVG that is safe as it stands. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

export type Piece = string | number | Markup | null | false | readonly Piece[];

const signs: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for between tags or within quotes; what hides or would be obeyed is made visible first. */
export function escaped(text: string): string {
  return sanitise(text).replace(/[&<>"']/g, (sign) => signs[sign] ?? sign);
}

/** Strings and numbers are escaped, markup is kept, lists are joined, null and false are nothing. */
export function markup(strings: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  let text = strings[0] ?? '';
  for (const [index, piece] of pieces.entries()) text += textOf(piece) + (strings[index + 1] ?? '');
  return new Markup(text);
}

function textOf(piece: Piece): string {
  if (piece === null || piece === false) return '';
  if (piece instanceof Markup) return piece.text;
  if (typeof piece === 'number') return String(Math.round(piece * 100) / 100);
  return typeof piece === 'string' ? escaped(piece) : piece.map(textOf).join('');
}
