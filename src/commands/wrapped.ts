// Plain lines as wide as the terminal; into a pipe or a file each stays one line, for grep.
import { wrapText } from '../tui/wrap.ts';
import type { Surroundings } from './surroundings.ts';

/** What does not fit goes on below, indented by two columns more than the line itself. */
export function wrapped(line: string, { stdout }: Pick<Surroundings, 'stdout'>): readonly string[] {
  if (!stdout.isTTY || !stdout.columns) return [line];
  const lead = /^ */.exec(line)?.[0] ?? '';
  return wrapText(line.slice(lead.length), stdout.columns - 1, 'plain', lead, `${lead}  `).map((spans) =>
    spans.map(({ text }) => text).join(''),
  );
}
