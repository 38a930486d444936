// Flags written before a command: the sentence says where they belong.
import { expect, it } from 'vitest';
import { aboutCommands } from '../../src/commands/misspelt.ts';
import { KhaError } from '../../src/model/failure.ts';

it('tells that flags belong behind their command', () => {
  const noLab = new KhaError({ code: 'no-such-lab', exit: 2, message: 'No lab.', tryThis: 'One of them.' });
  expect(aboutCommands(noLab, 'check', ['lab', 'check'])).toMatchObject({
    code: 'usage',
    exit: 2,
    tryThis: 'Write them after it: kha-lab check …',
  });
});
