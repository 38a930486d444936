// A recording that could not be written is told by the exit code, whenever that showed and however the work ended.
import { expect, test } from 'vitest';
import { type Recording, recorded } from '../../src/commands/recording.ts';
import { type Exit, exits, KhaError } from '../../src/model/failure.ts';

const failure = (code: string, exit: Exit) =>
  new KhaError({ code, exit, message: `It is ${code}.`, tryThis: 'Look.' });
const full = failure('recording-failed', exits.notRecorded);

function recording(fails: 'never' | 'before' | 'at the end'): Recording {
  let lost = fails === 'before' ? full : null;
  return {
    failure: () => lost,
    close() {
      if (fails === 'at the end') lost = full;
    },
  } as Partial<Recording> as Recording;
}

test('in the middle, and what is graver stays', async () => {
  expect(await recorded(recording('before'), async () => exits.failed)).toBe(exits.notRecorded);
  expect(await recorded(recording('before'), async () => exits.notRestored)).toBe(exits.notRestored);
});

test('with the last line, which nobody has told yet', async () => {
  await expect(recorded(recording('at the end'), async () => exits.good)).rejects.toBe(full);
  expect(await recorded(recording('at the end'), async () => exits.notRestored)).toBe(exits.notRestored);
});

test('beside another failure: the graver code, and both are told', async () => {
  const work = async () => {
    throw failure('not-steady', exits.inconclusive);
  };
  await expect(recorded(recording('before'), work)).rejects.toMatchObject({
    code: 'not-steady',
    exit: exits.notRecorded,
    message: 'It is not-steady. It is recording-failed.',
  });
  await expect(recorded(recording('never'), work)).rejects.toMatchObject({ exit: exits.inconclusive });
});
