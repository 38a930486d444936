// A leader's renew rounds: when the next try is due and when the round is out of time.
import { leave } from './electionleave.ts';
import { pollAfterMs } from './electionrules.ts';
import { attempt } from './electiontry.ts';
import {
  type Candidate,
  type ElectionState,
  type Moment,
  saying,
  type Turn,
  waitUntil,
} from './electionturn.ts';

export function succeeded(candidate: Candidate, state: ElectionState, moment: Moment): Turn {
  const { renewRound } = candidate.rules;
  const { nowMs } = moment;
  if (state.phase === 'standby') {
    const leading: ElectionState = { ...state, phase: 'leading' };
    return saying([{ is: 'becameLeader' }, { is: 'acquired' }], beginRound(candidate, leading, moment));
  }
  if (renewRound === 'poll') return saying([{ is: 'renewed' }], beginRound(candidate, state, moment));
  return saying(
    [{ is: 'renewed' }],
    waitUntil({ ...state, round: null }, nowMs + candidate.terms.retryPeriodMs),
  );
}

export function beginRound(candidate: Candidate, state: ElectionState, moment: Moment): Turn {
  const started: ElectionState = { ...state, round: { startedMs: moment.nowMs } };
  if (candidate.rules.renewRound === 'deadline') return attempt(candidate, started, moment);
  return waitUntil(started, moment.nowMs + candidate.terms.retryPeriodMs);
}

export function failed(candidate: Candidate, state: ElectionState, moment: Moment): Turn {
  const { terms } = candidate;
  if (!state.round) {
    const waiting = waitUntil(state, moment.nowMs + pollAfterMs(terms, moment.draw));
    return saying([{ is: 'notAcquired' }], waiting);
  }
  const { startedMs } = state.round;
  const deadline = startedMs + terms.renewDeadlineMs;
  if (moment.nowMs >= deadline) return giveUp(candidate, state, moment);
  // A ticker that began with the round: a slow try does not move the ticks after it.
  const ticks = Math.floor((moment.nowMs - startedMs) / terms.retryPeriodMs) + 1;
  return waitUntil(state, Math.min(startedMs + ticks * terms.retryPeriodMs, deadline));
}

export function giveUp(candidate: Candidate, state: ElectionState, moment: Moment): Turn {
  const polls = candidate.rules.renewRound === 'poll';
  const reason = polls ? 'timed out waiting for the condition' : 'context deadline exceeded';
  return saying(
    [{ is: 'gaveUp', reason }],
    leave(candidate, { ...state, leaveAs: 'lost', round: null }, moment),
  );
}
