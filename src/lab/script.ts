// The words of a solve or a break: as they are, or a script of the step's folder handed to sh.
import type { Step, Words } from './format.ts';

/** Names of the scripts a step asks for. */
export function scriptsOf({ solve = [], breaks }: Pick<Step, 'solve' | 'breaks'>): readonly string[] {
  const words = [...solve.map(({ run }) => run), ...breaks.flatMap(({ run, back }) => [run, back])];
  return [...new Set(words.filter((one) => typeof one === 'string'))];
}

/** Program and words. A script is read here and handed over whole: nothing has to be copied to a master. */
export function argvOf(words: Words, { scripts = {} }: Pick<Step, 'scripts'>): readonly string[] {
  return typeof words === 'string' ? ['sh', '-c', scripts[words] ?? '', words] : words;
}
