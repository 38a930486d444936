// What a screen reader is told of a step's explanation: once, and again when its words change, in lines of the window.
import { expect, test } from 'vitest';
import { answerText, changeTexts, spokenOf } from '../../src/tui/readertext.ts';
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

test('what a command answered is read out, of a long answer the first lines and how many more there are', () => {
  const ran = (output?: string) =>
    answerText({
      ...{ kind: 'command', phase: 'ran', text: 'kubectl get svc', why: 'look', code: 0, tookMs: 5 },
      ...{ seq: 1, atMs: 10, errorMs: 0, host: 'kuberm', ...(output !== undefined && { output }) },
    });
  expect(ran('NAME\nkubernetes\x1b[31m\n')).toMatch(/^ {2}NAME\n {2}kubernetes[^\x1b]*$/);
  const long = ran(Array.from({ length: 23 }, (_, at) => `row ${at + 1}`).join('\n'));
  expect(long?.split('\n')).toHaveLength(11);
  expect(long).toMatch(/row 10\n {2}… 13 more lines: c$/);
  expect(ran()).toBeNull();
  expect(ran('\n')).toBeNull();
});
