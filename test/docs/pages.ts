// The pages people read, and the blocks of code in them.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '../..');

export interface Block {
  /** Of its first line, from 1. */
  readonly line: number;
  /** As its fence says; empty for one that is only indented. */
  readonly language: string;
  readonly lines: readonly string[];
}

/** Every markdown page of the repository, by its path; steps of labs are none, nor is what tests read. */
export function pages(): readonly string[] {
  const listed = execFileSync('git', ['ls-files', '-z', '*.md'], { cwd: root, encoding: 'utf8' });
  return listed.split('\0').filter((name) => name !== '' && !/fixtures\/|\/step(\.\w+)?\.md$/.test(name));
}

export const textOf = (page: string): string => readFileSync(join(root, page), 'utf8');

export function blocksOf(text: string): readonly Block[] {
  const blocks: { line: number; language: string; lines: string[] }[] = [];
  let fenced = false;
  let isInside = false;
  for (const [index, line] of text.split('\n').entries()) {
    const [fence, language = ''] = /^```(\w*)$/.exec(line) ?? [];
    const isIndented = /^ {4}/.test(line) && !fenced;
    if (fence !== undefined) {
      fenced = !fenced;
      isInside = false;
      if (fenced) blocks.push({ line: index + 2, language, lines: [] });
    } else if (fenced) blocks.at(-1)?.lines.push(line);
    else if (isIndented && isInside) blocks.at(-1)?.lines.push(line.slice(4));
    else if (isIndented && /^\s*$/.test(text.split('\n')[index - 1] ?? '')) {
      blocks.push({ line: index + 1, language: '', lines: [line.slice(4)] });
      isInside = true;
    } else isInside = false;
  }
  return blocks;
}

/** A line of shell as words, comments left out: `a 'b c' # d` → a, b c. */
export function wordsOf(line: string): readonly string[] {
  const words = line.matchAll(/#.*$|'([^']*)'|"([^"]*)"|(\S+)/g);
  return [...words].flatMap(([, single, double, bare]) => single ?? double ?? bare ?? []);
}

/** The commands of a line joined by `&&`, each as words. */
export function commandsOf(line: string): readonly (readonly string[])[] {
  return line
    .replace(/(^|\s)#.*$/, '')
    .split('&&')
    .map((part) => wordsOf(part.trim()))
    .filter((words) => words.length > 0);
}
