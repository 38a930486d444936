// A master that was lost and is there again before anybody asked: said to be up, as it was said to be lost.
import { expect, test } from 'vitest';
import { watchMaster } from '../../src/experiment/watch/master.ts';
import type { Sighting } from '../../src/model/observation.ts';
import { fakeMaster } from './fakemaster.ts';

test('a connection that was opened again by the next question is told', async () => {
  const ending = new AbortController();
  const said: Sighting[] = [];
  let lose: (() => void) | null = null;
  const host = {
    ...fakeMaster('kuberm'),
    onState(listener: (state: 'up' | 'lost' | 'closed', detail: string | null) => void) {
      lose = () => listener('lost', 'it rebooted');
      return () => {};
    },
  };
  await watchMaster({
    host,
    offsets: [],
    clock: () => 0,
    signal: ending.signal,
    // Each look succeeds, as the question itself connects again.
    lookAtUnits: async () => {
      lose?.();
      lose = null;
    },
    observe(one) {
      said.push(one);
      if (one.seen.kind === 'host' && one.seen.state === 'up') ending.abort();
    },
  });
  expect(said.map(({ seen }) => (seen.kind === 'host' ? seen.state : seen.kind))).toEqual([
    'lost',
    'clock',
    'up',
  ]);
});
