// A topic as lines of a terminal: terms on the left, what they mean beside them.
import { wrapText } from '../../tui/wrap.ts';
import type { Topic } from './topic.ts';

/** Terms longer than this stand on a line of their own. */
const widestTerm = 26;

/** @param columns as many as there are; never wider than is read with ease. */
export function topicLines(topic: Topic, columns: number): readonly string[] {
  const width = Math.max(40, Math.min(columns, 100));
  const text = (words: string, lead = '', indent = lead) =>
    wrapText(words, width - 1, 'plain', lead, indent).map((spans) =>
      spans.map(({ text: part }) => part).join(''),
    );
  const terms = topic.entries.map(({ term }) => term.length).filter((length) => length <= widestTerm);
  const indent = ' '.repeat(Math.max(0, ...terms) + 4);
  const entries = topic.entries.flatMap(({ term, means }) =>
    term.length <= widestTerm
      ? text(means, `  ${term}`.padEnd(indent.length), indent)
      : [`  ${term}`, ...text(means, indent)],
  );
  const example = topic.example
    ?.trimEnd()
    .split('\n')
    .map((line) => `    ${line}`);
  return [
    topic.title,
    ...topic.says.flatMap((paragraph) => ['', ...text(paragraph)]),
    ...(example ? ['', ...example] : []),
    '',
    ...entries,
  ];
}
