// Text in the language of man pages, so that it is shown as it was written.

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\e',
  '-': '\\-',
  "'": '\\(aq',
  '`': '\\(ga',
  '^': '\\(ha',
  '~': '\\(ti',
};

/** One line of text, which is none of roff's requests whatever it begins with. */
export function roff(text: string): string {
  const escaped = text
    .replaceAll(/\s*\n\s*/g, ' ')
    .replaceAll(/[\\\-'`^~]/g, (sign) => escapes[sign] ?? sign);
  return escaped.startsWith('.') ? `\\&${escaped}` : escaped;
}

export const bold = (text: string): string => `\\fB${roff(text)}\\fR`;

export const section = (title: string): string => `.SH ${roff(title.toUpperCase())}`;

/** A heading below a section's, whatever is in it. */
export const subsection = (title: string): string => `.SS "${roff(title).replaceAll('"', '\\(dq')}"`;

/** A term with what it means indented below or beside it. */
export const tagged = (term: string, means: string): string => `.TP\n${bold(term)}\n${roff(means)}`;

export const paragraph = (text: string): string => `.PP\n${roff(text)}`;

/** Lines as they are, indented. */
export function literal(text: string): string {
  const lines = text.trimEnd().split('\n').map(literalLine);
  return ['.PP', '.RS 4', '.nf', ...lines, '.fi', '.RE'].join('\n');
}

/** Spaces at its beginning count. */
function literalLine(line: string): string {
  const lead = /^ */.exec(line)?.[0] ?? '';
  return `\\&${lead}${roff(line.slice(lead.length))}`;
}
