// How a candidate leaves: told to stop or out of time, with or without emptying the record.
import { ask } from './electiontry.ts';
import {
  type Answer,
  type Candidate,
  type ElectionState,
  ended,
  goOn,
  type LockRequest,
  type Moment,
  saying,
  type Try,
  type Turn,
} from './electionturn.ts';
import type { LockRecord } from './lock.ts';
import { writeTime } from './rfc3339.ts';

export function cancel(candidate: Candidate, state: ElectionState, moment: Moment): Turn {
  if (state.phase === 'leaving') return goOn(state);
  const stopping: ElectionState = { ...state, leaveAs: 'stopped', round: null, open: null };
  if (state.phase === 'standby') return ended({ ...stopping, phase: 'ended' });
  const left = leave(candidate, stopping, moment);
  return state.open ? saying([{ is: 'gaveUp', reason: 'context canceled' }], left) : left;
}

export function leave(candidate: Candidate, state: ElectionState, moment: Moment): Turn {
  const { terms, rules } = candidate;
  if (rules.release === 'never' || !terms.releasesOnStop) return ended({ ...state, phase: 'ended' });
  const leaving: ElectionState = { ...state, phase: 'leaving' };
  if (rules.release === 'put')
    return writeRelease(candidate, leaving, { moment, over: state.observed?.record });
  return ask(candidate, leaving, { step: 'releaseGet', request: { verb: 'get' }, moment });
}

function writeRelease(
  candidate: Candidate,
  state: ElectionState,
  { moment, over }: { readonly moment: Moment; readonly over: LockRecord | undefined },
): Turn {
  // Whether it leads is answered from what it last saw, not from what it just read: an ex-leader that has not
  // looked since it lost the lock empties its successor's record. The real ones do the same.
  if (!over || state.resourceVersion === null || state.observed?.record.holder !== candidate.identity)
    return ended({ ...state, phase: 'ended' });
  const now = writeTime(moment.wallMs);
  const record: LockRecord = {
    holder: '',
    leaseDurationSeconds: 1,
    acquireTime: now,
    renewTime: now,
    transitions: over.transitions,
  };
  const request: LockRequest = { verb: 'update', record, resourceVersion: state.resourceVersion };
  return ask(candidate, state, { step: 'release', request, moment });
}

export function releasing(
  candidate: Candidate,
  state: ElectionState,
  { open, answer, moment }: { readonly open: Try; readonly answer: Answer; readonly moment: Moment },
): Turn {
  if (open.step === 'releaseGet' && answer.is === 'found') {
    const { record, resourceVersion } = answer;
    return writeRelease(candidate, { ...state, resourceVersion }, { moment, over: record });
  }
  const done = ended({ ...state, phase: 'ended' });
  if (answer.is === 'written') return saying([{ is: 'released' }], done);
  if (answer.is === 'notFound') return saying([{ is: 'lockGone' }], done);
  const reason = 'reason' in answer ? answer.reason : 'unexpected answer';
  return saying([{ is: 'requestFailed', during: open.step, reason }], done);
}
