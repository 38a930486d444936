// Questions before anything is done: a yes is a yes in the language that asks, and nothing else is.
import { PassThrough } from 'node:stream';
import { afterEach, expect, test } from 'vitest';
import { faultDeed, labDeeds } from '../../src/commands/consent.ts';
import { agrees, declines } from '../../src/commands/question.ts';
import { findLab } from '../../src/lab/find.ts';
import { readLab } from '../../src/lab/read.ts';
import { faultKinds } from '../../src/model/faultkind.ts';
import { speak } from '../../src/tui/words/words.ts';

afterEach(() => speak('en'));

function answered(answer: string) {
  const input = new PassThrough();
  input.end(`${answer}\n`);
  return { question: 'Go on? ', input, output: new PassThrough().resume() };
}

test.each([
  ['en', 'yes', true, false],
  ['en', 'Y', true, false],
  ['en', 'no', false, true],
  ['en', 'ja', false, false],
  ['en', '', false, false],
  ['de', 'ja', true, false],
  ['de', 'J', true, false],
  ['de', 'yes', true, false],
  ['de', 'nein', false, true],
  ['de', 'n', false, true],
  ['de', 'vielleicht', false, false],
])('in %s, %j: agrees %s, declines %s', async (language, answer, yes, no) => {
  speak(language);
  expect([await agrees(answered(answer)), await declines(answered(answer))]).toEqual([yes, no]);
});

test('what a lab does to masters is asked in the language that is spoken', async () => {
  const lab = await readLab(await findLab('ha-masters'));
  const english = labDeeds(lab).map(({ does }) => does);
  expect(english).toContain('stop kube-scheduler');
  speak('de');
  const german = labDeeds(lab).map(({ does }) => does);
  expect(german).toContain('kube-scheduler stoppen');
  expect(german.filter((deed) => english.includes(deed))).toEqual([]);
  for (const fault of faultKinds) expect(faultDeed(fault, 'X').name).toBe(`${fault} X`);
});
