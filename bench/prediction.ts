// The prediction: how long 200,000 rounds take, and how far its quantiles lie from a reference of ten million rounds.
import { pollAfterMs } from '../src/model/electionrules.ts';
import { type FaultKind, faultKinds } from '../src/model/faultkind.ts';
import type { ElectionTerms } from '../src/model/observation.ts';
import { predictionFor } from '../src/model/predictfault.ts';
import { type Random, seededRandom } from '../src/model/random.ts';
import { atMost, type Measurement, milliseconds, type Row, times } from './measurement.ts';
import { inPairs } from './pairing.ts';

const rounds = 200_000;
const referenceRounds = 10_000_000;
const seed = 20_261_122;

const terms: ElectionTerms = {
  leaseDurationMs: 15_000,
  renewDeadlineMs: 10_000,
  retryPeriodMs: 2000,
  releasesOnStop: true,
};

export const predicting: Measurement = {
  name: 'prediction',
  quick: false,
  async measure() {
    const rows: Row[] = [await speed()];
    for (const fault of ['stop', 'kill', 'etcd'] as const) rows.push(distance(fault));
    return rows;
  },
};

/** The slowest of the faults, beside sorting as many random numbers: what any machine does in a time one knows. */
async function speed(): Promise<Row> {
  const predict = async () => {
    const started = performance.now();
    for (const fault of faultKinds) predictionFor({ fault, terms, standbys: 2, rounds });
    return (performance.now() - started) / faultKinds.length;
  };
  const sort = async () => {
    const random = seededRandom(seed);
    const started = performance.now();
    Float64Array.from({ length: rounds }, random).sort();
    return performance.now() - started;
  };
  const { a, b, ratio } = await inPairs(7, sort, predict);
  const beside = `${milliseconds(b)} to ${milliseconds(a)} of sorting as many numbers; a second at most`;
  const row = atMost(20, {
    what: '200,000 rounds predicted, two standing by',
    value: ratio,
    beside,
    tell: times,
  });
  return { ...row, kept: row.kept === true && b < 1000 };
}

/** The furthest of the quantiles 1 to 99 % from those of another way to the same: whole lives of standbys, look by look. */
function distance(fault: FaultKind): Row {
  const { prediction } = predictionFor({ fault, terms, standbys: 1, rounds });
  const random = seededRandom(seed);
  const reference = new Float64Array(referenceRounds);
  for (let at = 0; at < referenceRounds; at += 1) reference[at] = lifeOf(fault, random);
  reference.sort();
  const furthest = Math.max(
    ...Array.from({ length: 99 }, (_, index) => {
      const q = (index + 1) / 100;
      return Math.abs(prediction.quantile(q) - (reference[Math.floor(q * referenceRounds)] ?? Number.NaN));
    }),
  );
  return atMost(50, {
    what: `\`${fault}\`: furthest quantile (1 to 99 %) from 10,000,000 rounds, seed ${seed}`,
    value: furthest,
    tell: (ms) => `${ms.toFixed(1)} ms`,
  });
}

/** A leader that renews at 0 is hit at a chance time of its period; looks began long before, at a chance time as well. */
function lifeOf(fault: FaultKind, random: Random): number {
  const hit = random() * terms.retryPeriodMs;
  const lease = terms.leaseDurationMs;
  const next = (look: number) => look + pollAfterMs(terms, random());
  // Six to ten looks are enough for the place of the last one not to tell any more when they began.
  let look = -20_000 - random() * 4400;
  let last = look;
  const upTo = fault === 'kill' ? 0 : hit;
  while (look < upTo) {
    last = look;
    look = next(look);
  }
  if (fault === 'stop') return look - hit;
  if (fault === 'kill') {
    const first = look;
    while (look < first + lease) look = next(look);
    return look - hit;
  }
  // The store comes back 40 s after it went, at a time the looks know nothing of.
  const back = hit + 40_000;
  while (look < back) look = next(look);
  const cold = () => {
    let one = back - 20_000 - random() * 4400;
    while (one < back) one = next(one);
    const first = one;
    while (one < first + lease) one = next(one);
    return one - back;
  };
  if (last >= 0) return look - back;
  const first = look;
  while (look < first + lease) look = next(look);
  return Math.min(look - back, cold());
}
