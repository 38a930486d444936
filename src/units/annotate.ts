// The notes of a unit as comments at its head, where whoever opens the file reads them.
import { noteSentence, type UnitNote } from './notes.ts';
import type { UnitFile } from './plan.ts';

const width = 110;

export function annotate(file: UnitFile, title: string, notes: readonly UnitNote[]): UnitFile {
  const changed = notes.filter(({ posted }) => posted !== null);
  const added = notes.filter(({ posted }) => posted === null);
  const lines = [
    ...folded(title),
    ...section("The tutorial's flags that changed:", changed),
    ...section('Not in the tutorial:', added),
  ];
  return { ...file, text: `${lines.map((line) => `# ${line}`.trimEnd()).join('\n')}\n${file.text}` };
}

function section(title: string, notes: readonly UnitNote[]): readonly string[] {
  if (notes.length === 0) return [];
  return ['', title, ...notes.flatMap((note) => folded(noteSentence(note), '  '))];
}

/** Broken at blanks; what goes on is indented. Never ends in a backslash, which would be a continuation. */
function folded(text: string, indent = ''): readonly string[] {
  const lines: string[] = [];
  let line = indent;
  for (const word of text.split(' ')) {
    if (line.trim() !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = `${indent}  `;
    }
    line = line.trim() === '' ? `${line}${word}` : `${line} ${word}`;
  }
  return [...lines, line];
}
