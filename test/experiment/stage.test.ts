// Waiting on the stage: what is asked may throw, and is asked no more then.
import { expect, it } from 'vitest';
import { createStage } from '../../src/experiment/stage.ts';
import type { Observation } from '../../src/model/observation.ts';

it('rejects with what the question throws, now or later, and never asks again', async () => {
  const listeners: ((observation: Observation) => void)[] = [];
  const stage = createStage((listener) => {
    listeners.push(listener);
    return () => {};
  });
  let seq = 0;
  const see = () => {
    const one = {
      seq: seq++,
      atMs: seq,
      errorMs: 0,
      host: 'a',
      kind: 'clock',
      offsetMs: 0,
      offsetErrorMs: 1,
    };
    for (const listener of listeners) listener(one as Observation);
  };
  let asked = 0;
  const wrong = new Error('which is none of these masters');
  const throwsFrom = (nth: number) => () => {
    asked += 1;
    if (asked >= nth) throw wrong;
    return false;
  };
  await expect(stage.until(throwsFrom(1), { withinMs: 60_000 })).rejects.toBe(wrong);
  see();
  expect(asked).toBe(1);
  const later = stage.until(throwsFrom(3), { withinMs: 60_000 });
  see();
  await expect(later).rejects.toBe(wrong);
  see();
  expect(asked).toBe(3);
});
