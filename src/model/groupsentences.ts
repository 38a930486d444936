// What a group of rounds comes to, in sentences: the result first, then what the rules say of it.
import { agreementSentence } from './agreement.ts';
import { termsInWords } from './groupwords.ts';
import type { RoundGroup } from './roundgroups.ts';
import { lengthInWords, summarySentences } from './sentences.ts';
import { summarise } from './statistics.ts';

export function groupSentences(group: RoundGroup): readonly string[] {
  if (group.onStandby) return ['A standby was struck, so no handover is expected.'];
  const { summary, from, agreement } = group;
  return [
    ...summarySentences(summary),
    ...(from === 'storeBack'
      ? ["These lengths count from the store's return: how long it was gone is no rule's."]
      : []),
    ...idleSentence(group),
    rulesSentence(group),
    ...(agreement ? [agreementSentence(agreement)] : []),
  ];
}

function rulesSentence({ prediction, terms }: RoundGroup): string {
  if (prediction === null) return 'The rules say nothing of it.';
  const { minMs, maxMs, p50Ms, p95Ms } = prediction;
  const s = (ms: number) => (ms / 1000).toFixed(1);
  return `By the rules: ${s(minMs)} to ${s(maxMs)} s, half of all within ${s(p50Ms)} s, 95 % within ${s(p95Ms)} s (${termsInWords(terms)}).`;
}

/** The outage people felt, where canaries showed it. */
function idleSentence({ rounds }: RoundGroup): readonly string[] {
  const { n, medianMs } = summarise(rounds.flatMap(({ told: { round } }) => round.outage?.ms ?? []));
  if (medianMs === null) return [];
  return [
    `Nothing was done for ${lengthInWords(medianMs)} in the median (${n === 1 ? 'one round' : `${n} rounds`} with canaries).`,
  ];
}
