// A lab's story folded with its lines tallied is the story folded from line to line.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emptyStory, type Moment, type Story, seeStory } from '../../src/model/story.ts';
import { StoryFold } from '../../src/model/storyfold.ts';
import { loadRecording } from '../../src/recording/load.ts';

/** As values: rounds are read when somebody looks. */
const moment = ({ scene: { timeline, ...rest }, seq }: Moment) => ({ ...rest, seq, rounds: timeline.rounds });
const plain = ({ scene, seq, entered, round, rounds, ...rest }: Story) => ({
  ...rest,
  now: moment({ scene, seq }),
  entered: moment(entered),
  newest: round?.begun.component,
  rounds: Object.values(rounds).map(({ before, ...one }) => ({ ...one, before: moment(before) })),
});

test('the same at any moment, and the same object while nothing was seen', async () => {
  const { tape } = await loadRecording(join(import.meta.dirname, '../fixtures/recordings/lab.ndjson.gz'));
  const fold = new StoryFold();
  let story = emptyStory;
  let compared = 0;
  for (const [at, one] of tape.entries()) {
    story = seeStory(story, one);
    fold.see(one);
    if (at % 97 !== 0) continue;
    expect(plain(fold.story)).toEqual(plain(story));
    expect(fold.story).toBe(fold.story);
    compared += 1;
  }
  expect(compared).toBeGreaterThan(10);
  expect(plain(fold.story)).toEqual(plain(story));
  // A run begins it anew.
  for (const one of tape.slice(0, 40)) fold.see(one);
  expect(plain(fold.story)).toEqual(plain(tape.slice(0, 40).reduce(seeStory, emptyStory)));
});
