// Everything that should be known of a round beside its numbers, a sentence each.
import type { RoundTold } from './runtold.ts';
import { emptiedSentence, leadersSentence } from './sentences.ts';

export function roundRemarks({ round, verdict, outside, lost }: RoundTold): readonly string[] {
  const said = [
    verdict.why,
    outside,
    round.twoLeadersMs ? leadersSentence(round) : null,
    emptiedSentence(round),
    ...(round.remarks ?? []),
    ...(round.doubts ?? []),
    ...lost,
  ];
  return [...new Set(said.filter((one) => one !== null))];
}
