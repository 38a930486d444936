// Step by step as client-go: which time records carry, what stays in them, and which answers come too late.
import { describe, expect, it } from 'vitest';
import { beginElection, stepElection } from '../../src/model/election.ts';
import { type ElectionRules, rulesOf1_6, rulesOf1_36 } from '../../src/model/electionrules.ts';
import type { Answer, Moment, Turn } from '../../src/model/electionturn.ts';
import type { LockRecord } from '../../src/model/lock.ts';

const terms = { leaseDurationMs: 3000, renewDeadlineMs: 2000, retryPeriodMs: 1000, releasesOnStop: true };
const origin = Date.UTC(2026, 10, 25, 4);
const at = (nowMs: number): Moment => ({ nowMs, wallMs: origin + nowMs, draw: 0.5 });
const written = (nowMs: number) => `2026-11-25T04:00:${(nowMs / 1000).toFixed(6).padStart(9, '0')}Z`;
const gone: Answer = { is: 'notFound', reason: 'not found' };
const conflict: Answer = { is: 'failed', reason: 'the object has been modified' };
const done: Answer = { is: 'written', resourceVersion: '7' };
const found = (record: LockRecord): Answer => ({ is: 'found', record, resourceVersion: '6' });
const empty: LockRecord = {
  holder: '',
  leaseDurationSeconds: 1,
  acquireTime: written(900),
  renewTime: written(900),
  transitions: 4,
};

/** A candidate that answers are given to, each at its own time. */
class Played {
  readonly #candidate;
  turn: Turn;
  constructor(rules: ElectionRules, nowMs: number) {
    this.#candidate = { identity: 'A', terms, rules };
    this.turn = beginElection(this.#candidate, at(nowMs));
  }
  answer(answer: Answer, nowMs: number): LockRecord | null {
    const id = this.turn.state.open?.id ?? -1;
    return this.#step({ is: 'answer', id, answer }, nowMs);
  }
  wake(nowMs: number): LockRecord | null {
    return this.#step({ is: 'woke' }, nowMs);
  }
  #step(event: Parameters<typeof stepElection>[2]['event'], nowMs: number): LockRecord | null {
    this.turn = stepElection(this.#candidate, this.turn.state, { event, moment: at(nowMs) });
    const { next } = this.turn;
    return next.do === 'request' && next.request.verb !== 'get' ? next.request.record : null;
  }
}

/** Leads since 1000 ms, and its renewal at 2010 ms was refused. */
function refused(rules: ElectionRules): Played {
  const played = new Played(rules, 1000);
  played.answer(found(empty), 1002);
  played.answer(done, 1004);
  played.answer(done, 1010);
  played.wake(2010);
  played.answer(conflict, 2020);
  return played;
}

describe('a record', () => {
  it.each([
    ['of nobody', found(empty)],
    ['that is not there', gone],
  ])('over one %s carries the time at which the try began, however slow its look was', (_, look) => {
    const played = new Played(rulesOf1_36, 1000);
    expect(played.answer(look, 1400)).toMatchObject({ acquireTime: written(1000), renewTime: written(1000) });
  });

  it('that was emptied under its leader is taken anew with the old acquireTime', () => {
    const next = refused(rulesOf1_36).answer(found({ ...empty, transitions: 5 }), 2030);
    expect(next).toMatchObject({ acquireTime: written(1000), renewTime: written(2010), transitions: 6 });
  });

  it('that was deleted under its leader is made again as the leader knew it', () => {
    const next = refused(rulesOf1_36).answer(gone, 2030);
    expect(next).toMatchObject({ acquireTime: written(1000), renewTime: written(2010), transitions: 5 });
  });

  it('that was deleted under a leader that looks first begins anew', () => {
    const played = new Played(rulesOf1_6, 1000);
    played.answer(gone, 1002);
    played.answer(done, 1004);
    played.wake(2004);
    const next = played.answer(gone, 2030);
    expect(next).toMatchObject({ acquireTime: written(2004), renewTime: written(2004), transitions: 0 });
  });
});

describe('an answer that a frozen candidate finds after the time for it', () => {
  it('does not make it a leader', () => {
    const played = new Played(rulesOf1_36, 1000);
    played.answer(gone, 1002);
    played.answer(done, 9000);
    expect(played.turn.state.phase).toBe('standby');
    expect(played.turn.says).toContainEqual({ is: 'notAcquired' });
  });

  it('does not let it go on leading', () => {
    const played = new Played(rulesOf1_36, 1000);
    played.answer(gone, 1002);
    played.answer(done, 1004);
    expect(played.turn.state.phase).toBe('leading');
    played.answer(done, 9000);
    // The round is over, but the next request of the try is asked for before that is looked at.
    played.answer(conflict, 9001);
    expect(played.turn.says).toContainEqual({ is: 'gaveUp', reason: 'context deadline exceeded' });
  });
});
