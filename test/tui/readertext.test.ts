// What a screen reader is told of a step's explanation: once, and again when its words change, in lines of the window.
import { expect, test } from 'vitest';
import { changeTexts, spokenOf } from '../../src/tui/readertext.ts';
import { takenAtMs } from './stream.ts';
import { subjectAt } from './subject.ts';

const at = (explanation: string | null, columns = 80) =>
  spokenOf(subjectAt({ atMs: takenAtMs + 900, columns, ...(explanation !== null && { explanation }) }));

test('numbers that go on being measured are not said again and again', () => {
  const first = at('Clocks of `kuberm` are 0.1 ms apart, give or take 12 ms.');
  expect(changeTexts(at(null), first)).toEqual([
    'What happened: Clocks of kuberm are 0.1 ms apart, give or take 12 ms.',
  ]);
  expect(changeTexts(first, at('Clocks of `kuberm` are 1.2 s apart, give or take 3 ms.'))).toEqual([]);
  const other = at('Clocks of `kuberm2` are 0.1 ms apart, give or take 12 ms.');
  expect(changeTexts(first, other)).toHaveLength(1);
  expect(changeTexts(other, other)).toEqual([]);
});

test('a long explanation is wrapped within the window', () => {
  const [said = ''] = changeTexts(at(null, 60), at('word '.repeat(60), 60));
  expect(said.split('\n').length).toBeGreaterThan(4);
  expect(said.split('\n').filter((row) => row.length > 59)).toEqual([]);
});
