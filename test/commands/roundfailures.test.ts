// What is told once a round is over: never that something is left and that nothing is.
import { expect, it } from 'vitest';
import { failuresOf } from '../../src/commands/roundfailures.ts';

const left = 'the timer kha-lab-return is still armed on kuberm2';
const told = (notRestored: string | null, notSteady: string | null) =>
  failuresOf({ notRestored, notSteady }).map(({ exit, message }) => `${exit} ${message}`);

it('says nothing where everything is as it was', () => expect(told(null, null)).toEqual([]));

it('says that everything was put back only where it was', () => {
  expect(told(null, 'nobody leads')).toEqual([
    '5 Everything was put back, but the state is not steady again: nobody leads.',
  ]);
  expect(told(left, 'nobody leads')).toEqual([
    `6 NOT RESTORED: ${left}.`,
    '5 Nor is the state steady again: nobody leads.',
  ]);
});

it('ends what is a sentence already with one full stop', () => {
  const sentence = 'kuberm2 refused the login with id_ed25519.';
  for (const message of [...told(sentence, null), ...told(null, sentence)])
    expect(message).toMatch(/[^.]\.$/);
});
