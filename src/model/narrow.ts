// The prediction while a handover is under way: it narrows with every renewal and look that was seen.
import { longestPollMs, pollAfterMs } from './electionrules.ts';
import type { ElectionTerms } from './observation.ts';
import { pollBeyond, residualPoll, takenAfter } from './polling.ts';
import { drawAll, least, type PredictionInputs } from './predict.ts';
import { type Prediction, prediction } from './prediction.ts';
import type { Random } from './random.ts';

/** What has been seen of a handover under way. Milliseconds from the fault; before it is negative. */
export interface SeenSoFar {
  /** Until when nobody has taken the lock. */
  readonly nowMs: number;
  /** The old leader's last renewal; null when not seen. */
  readonly lastRenewMs: number | null;
  /** When the record was emptied, for a fault that releases; null: at the fault. */
  readonly releasedMs?: number | null;
  /** Each standby whose looks are seen; the others are taken as unseen. */
  readonly looks: readonly StandbyLooks[];
}

export interface StandbyLooks {
  /** Its latest look at the lock; null when none was seen. */
  readonly lastMs: number | null;
  /** Its first look after the last renewal, from which its lease runs; null when not known. */
  readonly firstAfterRenewMs: number | null;
}

/**
 * The same, given what has been seen: narrower with every look. Never before `nowMs`; with nothing seen and
 * `nowMs` 0 it is `predict`'s distribution. @throws KhaError when nobody stands by.
 */
export function narrow(inputs: PredictionInputs, seen: SeenSoFar): Prediction {
  const { terms, standbys, faultReleases } = inputs;
  const draws = drawAll(inputs, (random) => {
    const renewed = seen.lastRenewMs ?? -random() * terms.retryPeriodMs;
    const event = faultReleases ? (seen.releasedMs ?? 0) : renewed;
    return least(standbys, (index) => {
      const looks = seen.looks[index];
      if (looks?.lastMs == null) return unseen(terms, { random, event, seen, faultReleases });
      const next = looks.lastMs + pollBeyond(terms, random, seen.nowMs - looks.lastMs);
      if (faultReleases) return Math.max(next, seen.nowMs);
      const first = firstLook({ ...looks, lastMs: looks.lastMs }, { terms, random, renewed }) ?? next;
      return takenAfter(first, { terms, random, from: next });
    });
  });
  return prediction(draws, boundsOf(inputs, seen));
}

/** The first look after the last renewal, walked back from the latest; null when there was none yet. */
function firstLook(
  { lastMs, firstAfterRenewMs }: StandbyLooks & { readonly lastMs: number },
  {
    terms,
    random,
    renewed,
  }: { readonly terms: ElectionTerms; readonly random: Random; readonly renewed: number },
): number | null {
  if (firstAfterRenewMs !== null) return firstAfterRenewMs;
  if (lastMs < renewed) return null;
  let look = lastMs;
  for (;;) {
    const before = look - pollAfterMs(terms, random());
    if (before < renewed) return look;
    look = before;
  }
}

interface Unseen {
  readonly random: Random;
  /** When the record last changed. */
  readonly event: number;
  readonly seen: SeenSoFar;
  readonly faultReleases: boolean;
}

/** A standby whose looks nobody sees: only that it has not taken the lock yet is known. */
function unseen(terms: ElectionTerms, { random, event, seen, faultReleases }: Unseen): number {
  for (let tries = 0; tries < 30; tries += 1) {
    const first = event + residualPoll(terms, random);
    const taken = faultReleases ? first : takenAfter(first, { terms, random, from: first });
    if (taken >= seen.nowMs) return taken;
  }
  return seen.nowMs;
}

interface Bounds {
  readonly minMs: number;
  readonly maxMs: number;
}

/** Closed bounds: the soonest that any standby can take the lock, and the latest that one of them must. */
function boundsOf(inputs: PredictionInputs, seen: SeenSoFar): Bounds {
  const each = Array.from({ length: inputs.standbys }, (_, index) =>
    boundsOfOne(inputs, seen, seen.looks[index]),
  );
  const minMs = Math.max(seen.nowMs, Math.min(...each.map((bounds) => bounds.minMs)));
  return { minMs, maxMs: Math.max(minMs, Math.min(...each.map((bounds) => bounds.maxMs))) };
}

function boundsOfOne(
  { terms, faultReleases }: PredictionInputs,
  seen: SeenSoFar,
  looks: StandbyLooks | undefined,
): Bounds {
  const { leaseDurationMs, retryPeriodMs } = terms;
  const longest = longestPollMs(terms);
  const renewed = seen.lastRenewMs ?? -retryPeriodMs;
  const latestRenewed = seen.lastRenewMs ?? 0;
  const last = looks?.lastMs ?? null;
  const released = seen.releasedMs ?? 0;
  const next: Bounds =
    last === null
      ? {
          minMs: faultReleases ? released : renewed,
          maxMs: (faultReleases ? released : latestRenewed) + longest,
        }
      : { minMs: last + retryPeriodMs, maxMs: last + longest };
  if (faultReleases) return next;
  const known = looks?.firstAfterRenewMs ?? null;
  const looked = last !== null && last >= renewed;
  const first: Bounds =
    known !== null
      ? { minMs: known, maxMs: known }
      : looked
        ? { minMs: renewed, maxMs: Math.max(latestRenewed, last) + longest }
        : next;
  return {
    minMs: Math.max(next.minMs, first.minMs + leaseDurationMs),
    maxMs: Math.max(next.maxMs, first.maxMs + leaseDurationMs + longest),
  };
}
