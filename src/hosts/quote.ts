// The one place where words become a command line for a POSIX shell.
import type { Argv } from './host.ts';

const bare = /^[A-Za-z0-9_%+,./:@=-]+$/;

/** One word, quoted only where a shell would read it as anything else. Throws for NUL, which no argument can hold. */
export function quoteWord(word: string): string {
  if (word.includes('\0')) throw new TypeError('an argument of a command cannot hold a NUL character');
  if (bare.test(word) && !word.startsWith('=')) return word;
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/** The words as a command line. The first is the program: `NAME=value` in its place is quoted, lest it be an assignment. */
export function quoteArgv(argv: Argv): string {
  const [program, ...rest] = argv;
  if (program === undefined || program === '') throw new TypeError('a command needs a program');
  const first = program.includes('=') ? `'${program.replaceAll("'", "'\\''")}'` : quoteWord(program);
  return [first, ...rest.map(quoteWord)].join(' ');
}
