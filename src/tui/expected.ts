// The expected band for the fault at hand: by the rules before it, narrowed by what was seen while it is on.

import { longestPollMs } from '../model/electionrules.ts';
import type { ComponentName } from '../model/lock.ts';
import { narrow, type SeenSoFar } from '../model/narrow.ts';
import type { ElectionTerms } from '../model/observation.ts';
import { predict } from '../model/predict.ts';
import { predictionFor, releasesBy, sinceStoreBack } from '../model/predictfault.ts';
import type { Prediction } from '../model/prediction.ts';
import type { Round } from '../model/round.ts';
import type { Band } from './band.ts';
import type { Draw } from './draw.ts';
import { markAt } from './rounds.ts';

const bins = 24;

/** Bands are remembered by what they follow from: a frame must not draw thousands of lots. */
export class Expectations {
  #known = new Map<string, Band | null>();
  #latest: { readonly key: string; readonly band: Band } | null = null;

  /** For a round, or for the fault that the open step offers once its guess is made: sooner would spoil it. */
  band(draw: Draw, round: Round | null): Band | null {
    if (round) {
      // A standby was struck: nobody is to take over.
      if (round.on !== undefined && round.on !== round.from) return null;
      if (round.fault === 'etcd') return this.#afterStore(draw, round);
      const whole = this.#of(round.terms, standbys(draw), releasesBy(round.fault, round.terms));
      return whole && this.#narrowed(draw, round, whole);
    }
    const action = draw.step?.actions.find(({ isFault }) => isFault);
    if (!action || !draw.step) return null;
    if (draw.step.guess && draw.scene.guesses[draw.step.id] === undefined) return null;
    // Of a step without a component nobody is to take over: it is about an API server's clients.
    if (draw.step.logs === null && action.commands.some(({ text }) => /kube-apiserver/.test(text)))
      return null;
    const component = (draw.step.logs ?? 'kube-scheduler') as ComponentName;
    const leader = draw.scene.locks[component]?.master ?? '';
    const terms = draw.scene.masters[leader]?.instances[component]?.terms;
    const types = (what: string) => action.commands.some(({ text }) => text.includes(what));
    // While the store is gone nobody can take the lock, and how long that is nobody knows yet.
    if (types('systemctl stop etcd')) return null;
    // The timer of the way back is stopped in each round; a frozen one is stopped long after it was replaced.
    const stops = types(`systemctl stop ${component}`) && !types('SIGSTOP');
    return terms ? this.#of(terms, standbys(draw), releasesBy(stops ? 'stop' : 'kill', terms)) : null;
  }

  /** While the store is gone nobody can take the lock: there is nothing to expect until it is back. */
  #afterStore(draw: Draw, round: Round): Band | null {
    const backMs = markAt(round, 'faultEnded');
    if (backMs === null || standbys(draw) < 1) return null;
    const key = JSON.stringify([round.round, 'store-back', backMs]);
    if (this.#latest?.key !== key) {
      const inputs = { fault: 'etcd', terms: round.terms, standbys: standbys(draw), rounds: 20_000 } as const;
      const expected = sinceStoreBack(predictionFor(inputs).prediction, round);
      if (expected === null) return null;
      this.#latest = { key, band: toBand(expected) };
    }
    return this.#latest.band;
  }

  /** While nobody has taken over: what is still to be expected, given every look that was seen. */
  #narrowed(draw: Draw, round: Round, whole: Band): Band {
    const zero = markAt(round, 'faultIssued');
    if (round.phase !== 'faulted' || zero === null) return whole;
    const lastRenew = markAt(round, 'lastRenew');
    const expires = round.marks.find(({ name }) => name === 'leaseExpired');
    // The mark stands one lease after the look from which that standby counts: the tightest thing known.
    const countsFrom = expires ? expires.atMs - round.terms.leaseDurationMs - zero : null;
    const looks = Object.entries(round.lastLooks)
      .filter(([master]) => master !== round.from)
      .map(([master, atMs]) => ({
        lastMs: atMs - zero,
        firstAfterRenewMs: master === expires?.host ? countsFrom : null,
      }));
    const seen = withoutStale(
      {
        // Once a second is often enough for a band, and cheap.
        nowMs: Math.max(0, Math.floor((draw.nowMs - zero) / 1000) * 1000),
        lastRenewMs: lastRenew === null ? null : lastRenew - zero,
        looks,
      },
      round.terms,
    );
    const key = JSON.stringify([round.round, seen]);
    if (this.#latest?.key !== key) {
      const inputs = {
        terms: round.terms,
        standbys: standbys(draw),
        faultReleases: releasesBy(round.fault, round.terms),
      };
      this.#latest = { key, band: within(toBand(narrow({ ...inputs, rounds: 4000 }, seen)), whole) };
    }
    return this.#latest.band;
  }

  #of(terms: ElectionTerms, count: number, faultReleases: boolean): Band | null {
    const key = JSON.stringify([terms, count, faultReleases]);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const band =
      count < 1 ? null : toBand(predict({ terms, standbys: count, faultReleases, rounds: 20_000 }));
    this.#known.set(key, band);
    return band;
  }
}

function standbys({ scene }: Draw): number {
  return Object.keys(scene.masters).length - 1;
}

export function toBand(prediction: Prediction): Band {
  const { minMs, maxMs, p50Ms } = prediction;
  return { minMs, maxMs, p50Ms, scaleMs: maxMs, bins: prediction.histogram(bins) };
}

/**
 * Files of klog bring their lines up to 5 s late: a renewal or a look that others must have followed by now is not the
 * last one, and of the last one nothing is known yet.
 */
function withoutStale({ nowMs, lastRenewMs, looks }: SeenSoFar, terms: ElectionTerms): SeenSoFar {
  // Renewals are one period apart, and take a while themselves.
  const lateRenewal = lastRenewMs !== null && lastRenewMs < -1.25 * terms.retryPeriodMs;
  const isStale = (lastMs: number | null) => lastMs !== null && nowMs - lastMs > longestPollMs(terms);
  return {
    nowMs,
    lastRenewMs: lateRenewal ? null : lastRenewMs,
    looks: looks.map(({ lastMs, firstAfterRenewMs }) => {
      // From the first look after the last renewal the lease runs, whichever looks came after it.
      const first = lateRenewal ? null : firstAfterRenewMs;
      return { lastMs: first === null && isStale(lastMs) ? null : lastMs, firstAfterRenewMs: first };
    }),
  };
}

/** What was seen cannot widen what the rules allow. */
function within(band: Band, whole: Band): Band {
  const maxMs = Math.max(band.minMs, Math.min(band.maxMs, whole.maxMs));
  const minMs = Math.max(band.minMs, whole.minMs);
  const p50Ms = Math.min(maxMs, Math.max(minMs, band.p50Ms));
  return { ...band, minMs, maxMs, p50Ms, scaleMs: whole.scaleMs };
}
