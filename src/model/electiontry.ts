// One try to acquire or renew the lock: which request to make, and until when to wait for its answer.
import { expired, renewal } from './electionrecord.ts';
import type {
  Began,
  Candidate,
  ElectionState,
  LockRequest,
  Moment,
  Step,
  Try,
  Turn,
} from './electionturn.ts';

/** One try to acquire or renew: where the holder may, it writes without looking. */
export function attempt(candidate: Candidate, state: ElectionState, moment: Moment): Turn {
  const { observed, resourceVersion } = state;
  const mine = observed?.record.holder === candidate.identity;
  if (candidate.rules.fastPath && mine && resourceVersion && !expired(candidate, state, moment.nowMs)) {
    const record = renewal(candidate, observed.record, moment);
    return ask(candidate, state, {
      step: 'fastPath',
      request: { verb: 'update', record, resourceVersion },
      moment,
    });
  }
  return ask(candidate, state, { step: 'get', request: { verb: 'get' }, moment });
}

export interface Asked {
  readonly step: Step;
  readonly request: LockRequest;
  readonly moment: Moment;
  /** How the try began, if not now. */
  readonly began?: Began;
}

export function ask(
  candidate: Candidate,
  state: ElectionState,
  { step, request, moment, began }: Asked,
): Turn {
  const id = state.requests + 1;
  const record = request.verb === 'get' ? null : request.record;
  const now = { nowMs: moment.nowMs, wallMs: moment.wallMs, refused: null };
  const ends = [candidate.rules.requestLimitMs(candidate.terms), roundEnd(candidate, state)];
  const limits = [ends[0] == null ? null : moment.nowMs + ends[0], ends[1]].filter((end) => end != null);
  const dropAtMs = limits.length === 0 ? null : Math.min(...limits);
  const open: Try = { id, step, began: began ?? now, dropAtMs, record };
  return {
    state: { ...state, open, requests: id },
    says: [],
    next: { do: 'request', id, request, dropAtMs },
  };
}

function roundEnd(candidate: Candidate, state: ElectionState): number | null {
  if (!state.round || candidate.rules.renewRound === 'poll') return null;
  return state.round.startedMs + candidate.terms.renewDeadlineMs;
}
