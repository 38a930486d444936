// Splits an ssh_config file into its lines: a keyword and its words, with line numbers for messages.
import { exits, KhaError } from '../../model/failure.ts';

export interface ConfigLine {
  /** Lower case: ssh_config does not tell cases apart. */
  readonly keyword: string;
  readonly words: readonly string[];
  /** Everything after the keyword, as written. */
  readonly rest: string;
  readonly file: string;
  readonly line: number;
}

export function badSshConfig(at: { readonly file: string; readonly line: number }, what: string): KhaError {
  return new KhaError({
    code: 'bad-ssh-config',
    exit: exits.usage,
    message: `${at.file}:${at.line}: ${what}`,
    tryThis: 'Correct the line; "ssh -G HOST" shows how ssh itself reads the file.',
  });
}

/** Words as OpenSSH splits them: blanks apart, quotes together, `\` before a quote or itself, `#` begins a comment. */
export function splitWords(text: string): readonly string[] | null {
  const words: string[] = [];
  let word = '';
  let inWord = false;
  let quote: string | null = null;
  for (let at = 0; at < text.length; at++) {
    const letter = text[at] as string;
    const next = text[at + 1];
    if (
      letter === '\\' &&
      (next === '"' || next === "'" || next === '\\' || (next === ' ' && quote === null))
    ) {
      word += next;
      inWord = true;
      at++;
    } else if (quote !== null) {
      if (letter === quote) quote = null;
      else word += letter;
    } else if (letter === '"' || letter === "'") {
      quote = letter;
      inWord = true;
    } else if (letter === ' ' || letter === '\t') {
      if (inWord) words.push(word);
      word = '';
      inWord = false;
    } else if (letter === '#' && !inWord) break;
    else {
      word += letter;
      inWord = true;
    }
  }
  if (inWord) words.push(word);
  return quote === null ? words : null;
}

/** Throws `bad-ssh-config` (exit 2) for what OpenSSH would refuse as well. */
export function parseSshConfig(text: string, file: string): readonly ConfigLine[] {
  const lines: ConfigLine[] = [];
  for (const [index, raw] of text.split('\n').entries()) {
    const trimmed = raw.trim();
    if (trimmed === '' || trimmed.startsWith('#')) continue;
    const at = { file, line: index + 1 };
    const match = /^"?([A-Za-z0-9]+)"?(?:\s*=\s*|\s+)(.*)$/.exec(trimmed);
    if (match === null) throw badSshConfig(at, `"${trimmed}" has a keyword but no value`);
    const rest = match[2] ?? '';
    const words = splitWords(rest);
    if (words === null) throw badSshConfig(at, 'a quote is not closed');
    if (words.length === 0) throw badSshConfig(at, `"${match[1]}" has no value`);
    lines.push({ keyword: (match[1] ?? '').toLowerCase(), words, rest, ...at });
  }
  return lines;
}
