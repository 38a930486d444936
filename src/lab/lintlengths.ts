// Mistakes of a step in how much it says: texts stand beside live logs, and must fit there at 80 columns by 24 lines.
import stringWidth from 'string-width';
import type { Step } from './format.ts';
import type { Remark } from './lintremark.ts';
import { fill } from './template.ts';

/** What fits beside two logs at 80 columns by 24 lines. */
export const limits = { columns: 60, lines: 10, title: 32, check: 32, hintLines: 5, explainLines: 16 };

export function lengths(step: Step): readonly Remark[] {
  const remarks: Remark[] = [];
  const fits = (what: string, text: string, { lines, at }: { lines: number; at: Remark['at'] }) => {
    const needed = wrapped(sample(text));
    if (needed > lines) remarks.push({ what: `${what} takes ${needed} lines, at most ${lines}`, at });
  };
  const short = (what: string, text: string, { columns, at }: { columns: number; at: Remark['at'] }) => {
    const needed = stringWidth(sample(text));
    if (needed > columns) remarks.push({ what: `${what} is ${needed} columns wide, at most ${columns}`, at });
  };
  if (step.text === '') remarks.push({ what: 'a step needs a text below its frontmatter', at: 'text' });
  short('the title', step.title, { columns: limits.title, at: ['title'] });
  fits('the text', step.guess?.note ? `${step.text}\n\n${step.guess.note}` : step.text, {
    lines: limits.lines + (step.guess ? 2 : 0),
    at: 'text',
  });
  for (const [at, check] of step.checks.entries())
    short(`check ${check.id}'s title`, check.title, { columns: limits.check, at: ['checks', at, 'title'] });
  for (const [at, hint] of step.hints.entries())
    fits('a hint', typeof hint === 'string' ? hint : hint.text, {
      lines: limits.hintLines,
      at: typeof hint === 'string' ? ['hints', at] : ['hints', at, 'text'],
    });
  if (typeof step.explain === 'string')
    fits('an explanation', step.explain, { lines: limits.explainLines, at: ['explain'] });
  else
    for (const [at, { text }] of (step.explain ?? []).entries())
      fits('an explanation', text, { lines: limits.explainLines, at: ['explain', at, 'text'] });
  return remarks;
}

/** With values of a usual length in place of the names. */
function sample(text: string): string {
  return fill(text, () => 'kuberm2').text;
}

/** Lines a markdown text takes when it is wrapped as narrow as it may get, blank lines counted. */
function wrapped(text: string): number {
  return text
    .trim()
    .split(/\n{2,}|\n(?=- )/)
    .map((paragraph) => linesOf(paragraph.replace(/[*`]/g, '').split(/\s+/)))
    .reduce((sum, lines) => sum + lines, (text.trim().match(/\n{2,}/g) ?? []).length);
}

function linesOf(words: readonly string[]): number {
  let lines = 1;
  let used = 0;
  for (const word of words) {
    const width = stringWidth(word);
    if (used > 0 && used + 1 + width > limits.columns) {
      lines += 1;
      used = width;
    } else used += (used > 0 ? 1 : 0) + width;
    if (width > limits.columns) lines += Math.floor(width / limits.columns);
  }
  return lines;
}
