// A comparison told in sentences: how much, how sure, and whether chance alone explains it.
import type { Effect } from './effect.ts';
import { percent } from './effectverdict.ts';
import { lengthInWords } from './sentences.ts';

export function effectSentences(effect: Effect): readonly string[] {
  const { before, after, pair } = effect;
  return [
    `Before: ${sideWords(before)}. After: ${sideWords(after)}.`,
    ...[differenceSentence(effect), intervalSentence(effect), chanceSentence(effect)].filter(
      (sentence) => sentence !== null,
    ),
    ...pair.differs,
  ];
}

export function sideWords({ n, medianMs }: Effect['before']): string {
  if (medianMs === null) return 'no handover';
  return `${n} ${n === 1 ? 'handover' : 'handovers'}, median ${lengthInWords(medianMs)}`;
}

function differenceSentence({ differenceMs, slowerBy }: Effect): string | null {
  if (differenceMs === null) return null;
  if (Math.abs(differenceMs) < 0.5) return 'The medians are the same.';
  const part = slowerBy === null ? '' : `, ${percent(slowerBy)} ${differenceMs > 0 ? 'slower' : 'faster'}`;
  return `In the median the lock was taken ${shiftWords(differenceMs)}${part}.`;
}

function intervalSentence({ intervalMs }: Effect): string | null {
  if (intervalMs === null) return null;
  return `With 95 % certainty it is between ${shiftWords(intervalMs.low)} and ${shiftWords(intervalMs.high)}.`;
}

function chanceSentence({ p, verdict, before, after }: Effect): string {
  if (p === null)
    return `${Math.min(before.n, after.n)} rounds on a side are too few to say whether that is chance.`;
  const often =
    p < 0.001
      ? 'less than once in a thousand times'
      : `in ${p < 0.1 ? (p * 100).toFixed(1) : Math.round(p * 100)} % of such sets`;
  const says = verdict === 'noDifference' ? 'so no difference is shown' : `so it is ${verdict}`;
  return `By chance alone medians lie as far apart ${often}, ${says}.`;
}

/** `1.20 s later`, `300 ms sooner`. */
export function shiftWords(ms: number): string {
  if (Math.abs(ms) < 0.5) return 'no different';
  return `${lengthInWords(Math.abs(ms))} ${ms > 0 ? 'later' : 'sooner'}`;
}
