// The screen before a lab's first step is there: what it waits for, and the keys that are enough to begin with.
import type { Draw } from './draw.ts';
import { type Line, line, span } from './line.ts';
import { ageWords } from './wording.ts';
import { texts } from './words/words.ts';
import { wrapText } from './wrap.ts';

export function openingLines({ waitingFor, nowMs }: Draw, width: number): readonly Line[] {
  const { opening } = texts();
  const room = Math.min(96, width);
  const keys = [
    ['enter', opening.enter],
    ['?', opening.help],
    ['ctrl+c', opening.leave],
  ] as const;
  return [
    line(span(opening.title, 'title'), span(`   ${ageWords(nowMs)}`, 'dim')),
    [],
    ...wrapText(opening.waiting(waitingFor), room),
    [],
    ...keys.map(([key, does]) => line('  ', span(key.padEnd(8), 'accent'), does)),
  ];
}
