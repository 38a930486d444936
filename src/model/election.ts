// Leader election as Kubernetes' components do it: a state machine without a clock, a network or chance of its own.
import { cancel, releasing } from './electionleave.ts';
import { creating, expired, renewal, sameRecord, taking } from './electionrecord.ts';
import { beginRound, failed, giveUp, succeeded } from './electionround.ts';
import { ask, attempt } from './electiontry.ts';
import {
  type Answer,
  type Candidate,
  type ElectionEvent,
  type ElectionState,
  ended,
  goOn,
  type LockRequest,
  type Moment,
  type Saying,
  saying,
  type Try,
  type Turn,
  waitUntil,
} from './electionturn.ts';

/** Starts a candidate: it looks at the lock at once. */
export function beginElection(candidate: Candidate, moment: Moment): Turn {
  const state: ElectionState = {
    phase: 'standby',
    observed: null,
    resourceVersion: null,
    round: null,
    open: null,
    wakeAtMs: moment.nowMs,
    requests: 0,
    leaveAs: 'lost',
  };
  return saying([{ is: 'attempting' }], attempt(candidate, state, moment));
}

/** One step. Answers to requests that are no longer open change nothing. */
export function stepElection(
  candidate: Candidate,
  state: ElectionState,
  { event, moment }: { readonly event: ElectionEvent; readonly moment: Moment },
): Turn {
  if (state.phase === 'ended') return ended(state);
  if (event.is === 'cancel') return cancel(candidate, state, moment);
  if (event.is === 'woke') return state.open ? goOn(state) : wake(candidate, state, moment);
  if (state.open?.id !== event.id) return goOn(state);
  // A process frozen within a request finds the answer and the end of its time at once when it wakes: the time counts.
  const late = state.open.dropAtMs !== null && moment.nowMs > state.open.dropAtMs;
  return answered(candidate, state, { open: state.open, answer: late ? tooSlow : event.answer, moment });
}

const tooSlow: Answer = { is: 'failed', reason: 'context deadline exceeded' };

/** Where a tick falls on the deadline, the last try begins and finds no time left for its request. */
const tooLate: Saying = {
  is: 'requestFailed',
  during: 'get',
  reason: 'client rate limiter Wait returned an error: rate: Wait(n=1) would exceed context deadline',
};

function wake(candidate: Candidate, state: ElectionState, moment: Moment): Turn {
  if (moment.nowMs < state.wakeAtMs) return waitUntil(state, state.wakeAtMs);
  if (state.phase === 'standby') return attempt(candidate, state, moment);
  if (!state.round) return beginRound(candidate, state, moment);
  const { renewDeadlineMs, retryPeriodMs } = candidate.terms;
  const out = moment.nowMs >= state.round.startedMs + renewDeadlineMs;
  if (!out || candidate.rules.renewRound === 'poll') return attempt(candidate, state, moment);
  const gaveUp = giveUp(candidate, state, moment);
  return renewDeadlineMs % retryPeriodMs === 0 ? saying([tooLate], gaveUp) : gaveUp;
}

interface Answered {
  readonly open: Try;
  readonly answer: Answer;
  readonly moment: Moment;
}

function answered(candidate: Candidate, before: ElectionState, { open, answer, moment }: Answered): Turn {
  const state: ElectionState = { ...before, open: null };
  if (open.step === 'releaseGet' || open.step === 'release')
    return releasing(candidate, state, { open, answer, moment });
  if (open.step === 'get') {
    if (answer.is === 'found') return looked(candidate, state, { open, answer, moment });
    if (answer.is === 'notFound') {
      const request: LockRequest = { verb: 'create', record: creating(candidate, open.began) };
      return ask(candidate, state, { step: 'create', request, moment, began: open.began });
    }
  } else if (answer.is === 'written' && open.record) {
    const observed = { record: open.record, atMs: moment.nowMs };
    return succeeded(candidate, { ...state, observed, resourceVersion: answer.resourceVersion }, moment);
  }
  const reason = 'reason' in answer ? answer.reason : 'unexpected answer';
  const said: Saying = { is: 'requestFailed', during: open.step, reason };
  const next =
    open.step === 'fastPath'
      ? ask(candidate, state, {
          step: 'get',
          request: { verb: 'get' },
          moment,
          began: { ...open.began, refused: open.record },
        })
      : failed(candidate, state, moment);
  return saying([said], next);
}

function looked(
  candidate: Candidate,
  before: ElectionState,
  {
    open,
    answer,
    moment,
  }: Answered & {
    readonly answer: Extract<Answer, { is: 'found' }>;
  },
): Turn {
  const { record, resourceVersion } = answer;
  const changed = !before.observed || !sameRecord(before.observed.record, record);
  const observed = changed || !before.observed ? { record, atMs: moment.nowMs } : before.observed;
  const state: ElectionState = { ...before, observed, resourceVersion };
  const mine = record.holder === candidate.identity;
  const free = record.holder === '' && candidate.rules.emptyHolderIsFree;
  // The clock that counts is the one read when the try began, before the request.
  if (!mine && !free && !expired(candidate, state, open.began.nowMs))
    return saying([{ is: 'held', holder: record.holder }], failed(candidate, state, moment));
  const next = mine ? renewal(candidate, record, open.began) : taking(candidate, record, open.began);
  const request: LockRequest = { verb: 'update', record: next, resourceVersion };
  return ask(candidate, state, { step: 'update', request, moment, began: open.began });
}
