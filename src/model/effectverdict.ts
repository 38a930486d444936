// What a comparison comes to: passed, failed or inconclusive, against `--fail-if-slower` where it was given.
import { type Effect, fewestRounds } from './effect.ts';
import { questionName } from './groupwords.ts';
import type { ReportVerdict } from './reportverdict.ts';
import { lengthInWords } from './sentences.ts';

/** @param limit the part by which the median may grow, 0.1 for ten percent; null for no limit */
export function compareVerdict(effects: readonly Effect[], limit: number | null): ReportVerdict {
  if (effects.length === 0)
    return {
      verdict: 'inconclusive',
      why: 'Nothing was measured both before and after, so there is nothing to compare.',
    };
  const over = limit === null ? [] : effects.filter(({ slowerBy }) => (slowerBy ?? 0) > limit);
  const failed = over.filter(({ verdict }) => verdict === 'slower');
  const shareless = limit === null ? [] : effects.filter(hasNoShare);
  const grown = shareless.filter(isAboveNothing);
  const allowed = limit === null ? '' : percent(limit);
  if (failed.length + grown.length > 0)
    return {
      verdict: 'failed',
      why: [
        ...(failed.length === 0
          ? []
          : [
              `${failed.map(({ pair, slowerBy }) => `${questionName(pair)} is ${percent(slowerBy ?? 0)} slower`).join('; ')}, more than the ${allowed} allowed.`,
            ]),
        ...grown.map((effect) => `${sharelessWords(effect)}, above 0: it is slower.`),
      ].join(' '),
    };
  const few = effects.filter(({ verdict }) => verdict === 'tooFew');
  if (few.length > 0) return { verdict: 'inconclusive', why: tooFewWords(few) };
  if (over.length > 0)
    return {
      verdict: 'inconclusive',
      why: `${over.map(({ pair, slowerBy }) => `${questionName(pair)} looks ${percent(slowerBy ?? 0)} slower`).join('; ')}, more than the ${allowed} allowed, but chance alone may explain it: measure more rounds.`,
    };
  return { verdict: 'passed', why: [passedWords(effects, limit), ...shareless.map(notGrownWords)].join(' ') };
}

/** Of a median of nothing there is no share: its growth is judged by where the difference lies. */
function hasNoShare({ slowerBy, differenceMs }: Effect): boolean {
  return slowerBy === null && differenceMs !== null;
}

/** All of the interval is above nothing, and chance alone does not explain it. */
function isAboveNothing({ verdict, intervalMs }: Effect): boolean {
  return verdict === 'slower' && (intervalMs?.low ?? 0) > 0;
}

function sharelessWords({ pair, before, intervalMs }: Effect): string {
  const interval =
    intervalMs === null
      ? 'is not known'
      : `lies between ${lengthInWords(intervalMs.low)} and ${lengthInWords(intervalMs.high)}`;
  return `${questionName(pair)} has a median of ${lengthInWords(before.medianMs ?? 0)} before, of which there is no share: judged by the difference itself, which ${interval}`;
}

function notGrownWords(effect: Effect): string {
  return `${sharelessWords(effect)}, it did not grow.`;
}

function tooFewWords(few: readonly Effect[]): string {
  const told = few.map(
    ({ pair, before, after }) => `${questionName(pair)} has ${before.n} before and ${after.n} after`,
  );
  return `Too few rounds to compare: ${told.join('; ')}; at least ${fewestRounds} are needed on either side.`;
}

function passedWords(effects: readonly Effect[], limit: number | null): string {
  if (limit !== null) return `Nothing is more than ${percent(limit)} slower.`;
  const changed = effects.filter(({ verdict }) => verdict !== 'noDifference');
  if (changed.length === 0) return 'No difference is shown.';
  return `${changed.map(({ pair, verdict }) => `${questionName(pair)} is ${verdict}`).join('; ')}.`;
}

/** `6.9 %`. */
export function percent(part: number): string {
  const value = Math.abs(part) * 100;
  return `${value < 10 ? Number(value.toFixed(1)) : Math.round(value)} %`;
}
