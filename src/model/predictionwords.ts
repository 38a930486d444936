// A prediction told to a person: quantiles in words, and a small histogram of lines.
import type { FaultKind } from './faultkind.ts';
import type { ElectionTerms } from './observation.ts';
import type { CountsFrom, FaultPrediction } from './predictfault.ts';
import type { HistogramBin, Prediction } from './prediction.ts';
import { lengthInWords } from './sentences.ts';

export interface PredictionAsked {
  readonly component: string;
  readonly fault: FaultKind;
  readonly terms: ElectionTerms;
  readonly standbys: number;
}

const issued: Readonly<Record<FaultKind, string>> = {
  stop: 'it was stopped',
  kill: 'it was killed',
  freeze: 'it was frozen',
  zombie: 'it was frozen (and stopped only after the handover)',
  apiserver: 'its own API server was stopped',
  cut: 'its master was cut off',
  etcd: 'the store is back',
};

/** Sentences, the most asked for first. */
export function predictionSentences(
  { component, fault, terms, standbys }: PredictionAsked,
  { prediction, releases, from, leaderGivesUpMs }: FaultPrediction,
): readonly string[] {
  const { minMs, p50Ms, p95Ms, maxMs } = prediction;
  const s = (ms: number) => `${ms / 1000} s`;
  return [
    `${fault === 'etcd' ? 'Somebody' : 'A standby'} takes the lock of ${component} ${lengthInWords(minMs)} to ${lengthInWords(maxMs)} after ${issued[fault]}.`,
    `Half of all handovers are over within ${lengthInWords(p50Ms)}, 95 % within ${lengthInWords(p95Ms)}, 99 % within ${lengthInWords(prediction.quantile(0.99))}.`,
    `The rules behind it: lease ${s(terms.leaseDurationMs)}, renew deadline ${s(terms.renewDeadlineMs)}, retry period ${s(terms.retryPeriodMs)}, ${standbys === 1 ? 'one standby' : `${standbys} standbys`}.`,
    why(fault, { releases, from }),
    leaderSentence(fault, leaderGivesUpMs),
  ].filter((sentence) => sentence !== null);
}

function why(
  fault: FaultKind,
  { releases, from }: { readonly releases: boolean; readonly from: CountsFrom },
): string {
  if (releases)
    return 'The leader gives the lock back as it is stopped: a standby finds it free at its next look.';
  if (from === 'storeBack')
    return 'Without the store nobody can take it. Once it is back, a standby that had seen the last renewal takes the lock at its next look; to any other the record is new, and it waits a whole lease. So it is when the store was gone for longer than lease and renew deadline.';
  const kept =
    fault === 'stop'
      ? 'This version does not give the lock back when it is stopped'
      : 'Nobody gives the lock back';
  return `${kept}: a standby waits a whole lease from its first look after the last renewal, then until its next look.`;
}

function leaderSentence(fault: FaultKind, gives: FaultPrediction['leaderGivesUpMs']): string | null {
  if (gives === null) return null;
  const [from, to] = [lengthInWords(gives.minMs), lengthInWords(gives.maxMs)];
  if (fault === 'freeze')
    return `Once it is woken the old leader goes on leading, and finds out and exits ${from} to ${to} later.`;
  return `The old leader gives up ${from} to ${to} after the fault and exits; it cannot give the lock back, for that way is dead.`;
}

/** `13.0 s ▏███████ 12 %`, a line for each bin; the longest bar is `width` cells. */
export function histogramLines(
  prediction: Prediction,
  { bins, width, bar }: { readonly bins: number; readonly width: number; readonly bar: string },
): readonly string[] {
  const all = prediction.histogram(bins);
  const [first] = all;
  const binMs = first === undefined ? 0 : first.toMs - first.fromMs;
  // Draws that are all the same make one bin.
  const found = binMs === 0 ? all.slice(0, 1) : all;
  const seconds = secondsFor(binMs);
  const most = Math.max(...found.map(({ share }) => share));
  return found.map(({ fromMs, toMs, share }) => {
    const cells = most === 0 ? 0 : Math.round((share / most) * width);
    return `${seconds(fromMs)} to ${seconds(toMs)} s  ${bar.repeat(cells).padEnd(width)} ${(share * 100).toFixed(1).padStart(5)} %`;
  });
}

/** With as many digits as tell one end of a bin from the other. */
function secondsFor(binMs: number): (ms: number) => string {
  const digits = binMs === 0 ? 1 : Math.min(6, Math.max(1, Math.ceil(3 - Math.log10(binMs))));
  return (ms) => (ms / 1000).toFixed(digits).padStart(4 + digits);
}

export interface PredictionJson {
  readonly version: 1;
  readonly component: string;
  readonly fault: FaultKind;
  readonly terms: ElectionTerms;
  readonly standbys: number;
  readonly releases: boolean;
  /** From when the lengths count. */
  readonly from: CountsFrom;
  readonly predictedMs: {
    readonly min: number;
    readonly p50: number;
    readonly p95: number;
    readonly max: number;
    readonly mean: number;
    readonly p99: number;
  };
  readonly leaderGivesUpMs: FaultPrediction['leaderGivesUpMs'];
  readonly histogram: readonly HistogramBin[];
}

export function predictionJson(asked: PredictionAsked, found: FaultPrediction, bins: number): PredictionJson {
  const { prediction, releases, from, leaderGivesUpMs } = found;
  const micros = (ms: number) => Math.round(ms * 1000) / 1000;
  return {
    version: 1,
    ...asked,
    releases,
    from,
    predictedMs: {
      min: micros(prediction.minMs),
      p50: micros(prediction.p50Ms),
      p95: micros(prediction.p95Ms),
      max: micros(prediction.maxMs),
      mean: micros(prediction.meanMs),
      p99: micros(prediction.quantile(0.99)),
    },
    leaderGivesUpMs,
    histogram: prediction.histogram(bins).map(({ fromMs, toMs, share }) => ({
      fromMs: micros(fromMs),
      toMs: micros(toMs),
      share,
    })),
  };
}
