// Whether a measured round lies outside what the rules of leader election make possible.
import type { PredictedBand } from './failoverJson.ts';
import type { Round } from './round.ts';
import { lengthInWords, spanInWords } from './sentences.ts';

/** The rules know no time for requests: half a dozen lie between the last renewal and the take-over, and on a busy master they add up. */
const requestsMs = 1000;

/** A renewal under way when the fault came was answered a request later than the rules have it. */
const renewalMs = 200;

/**
 * One sentence; null when the round may be by the rules, or nothing is known of them. Beyond all doubt only: error bars and what
 * requests may take are allowed for. After a lost store the end is open, for how long it takes to start is no rule.
 */
export function outsideRules(round: Round, band: PredictedBand | null): string | null {
  const { handover, fault } = round;
  if (handover === null || band === null) return null;
  const { ms, errorMs } = handover;
  const sooner = ms + errorMs < band.minMs - renewalMs;
  const later = fault !== 'etcd' && ms - errorMs > band.maxMs + requestsMs;
  if (!sooner && !later) return null;
  const range = `${lengthInWords(band.minMs)} to ${lengthInWords(band.maxMs)}`;
  return `A handover of ${spanInWords(handover)} is outside what the rules allow (${range}): either the rules or the cluster are not what we think.`;
}
