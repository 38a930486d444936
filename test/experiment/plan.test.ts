// The plan of a round: what would be typed, or why nothing would be.
import { expect, it } from 'vitest';
import { createRounds } from '../../src/experiment/rounds.ts';
import { fakeRound } from './fakeround.ts';

const wish = { component: 'kube-scheduler', fault: 'stop' } as const;
const roundsIn = ({ request }: ReturnType<typeof fakeRound>) =>
  createRounds({ ...request, seed: 1, canaryEveryMs: null });
const textsOf = (round: ReturnType<typeof fakeRound>) =>
  roundsIn(round)
    .plan(wish)
    ?.map(({ text }) => text);

it('describes the timer as a round that begins with the run would, and the same at every look', async () => {
  const round = fakeRound();
  await round.request.stage.until(({ locks }) => locks['kube-scheduler']?.master === 'a', {
    withinMs: 20_000,
  });
  const texts = textsOf(round);
  const since = new Date(round.request.startedMs).toISOString();
  expect(texts?.[0]).toContain(`--description=kha-lab ${process.pid} since ${since}: stop kube-scheduler`);
  expect(textsOf(round)).toEqual(texts);
});

it('refuses what the round refuses: a component that runs on one master alone', () => {
  const round = fakeRound();
  const { watching } = round.request;
  const alone = {
    ...watching,
    instance: (master: string, component: string) =>
      master === 'a' ? watching.instance(master, component) : null,
  };
  const rounds = roundsIn({ ...round, request: { ...round.request, watching: alone } });
  expect(() => rounds.plan(wish)).toThrow(/only a runs kube-scheduler, so nobody could take over/);
});
