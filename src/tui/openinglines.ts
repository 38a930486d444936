// The screen before a lab's first step is there: what it waits for, and the keys that are enough to begin with.
import type { Draw } from './draw.ts';
import { type Line, line, span } from './line.ts';
import { ageWords } from './wording.ts';
import { wrapText } from './wrap.ts';

export function openingLines({ waitingFor, nowMs }: Draw, width: number): readonly Line[] {
  const room = Math.min(96, width);
  const keys = [
    ['enter', 'does what the last line says'],
    ['?', 'lists all keys'],
    ['ctrl+c', 'leaves at any time, and puts everything back'],
  ] as const;
  return [
    line(span('The lab opens here', 'title'), span(`   ${ageWords(nowMs)}`, 'dim')),
    [],
    ...wrapText(`Waiting for ${waitingFor}. The first step comes as soon as they answer.`, room),
    [],
    ...keys.map(([key, does]) => line('  ', span(key.padEnd(8), 'accent'), does)),
  ];
}
