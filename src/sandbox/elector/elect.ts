// Runs the election's state machine against clocks, timers and the API server.
import { beginElection, stepElection } from '../../model/election.ts';
import type { Candidate, ElectionEvent, Moment, Next, Saying, Turn } from '../../model/electionturn.ts';
import type { MasterClock } from '../clock/clock.ts';
import type { LockStore } from './lockstore.ts';

export interface Election {
  /** Told to stop: releases the lock if the candidate does so. */
  cancel(): void;
  /** Settles when the candidate is out of it: out of time, or stopped. */
  readonly ended: Promise<'lost' | 'stopped'>;
}

/** A timer this late means that the process was stopped meanwhile. */
const asleepMs = 500;
/**
 * A process that wakes hears its signals before it acts: what `systemctl stop` asks of a frozen one, it does by what it
 * knew when it was frozen, as the real ones do. Any of its threads may be told, which takes a moment on a busy machine.
 */
const hearSignalsMs = 40;

export function elect(options: {
  readonly candidate: Candidate;
  readonly store: LockStore;
  /** Its counter times the election; its wall time is what records show. */
  readonly clock: MasterClock;
  /** Uniform in 0..1. */
  readonly random: () => number;
  /** Called at each saying, in order. */
  readonly say: (saying: Saying) => void;
}): Election {
  const { candidate, store, clock, random, say } = options;
  const now = () => clock.monotonicUs() / 1000;
  const moment = (): Moment => ({ nowMs: now(), wallMs: clock.wallMs(), draw: random() });
  let turn: Turn;
  let timer: NodeJS.Timeout | undefined;
  let open: AbortController | undefined;
  let end: (why: 'lost' | 'stopped') => void = () => undefined;
  const ended = new Promise<'lost' | 'stopped'>((resolve) => {
    end = resolve;
  });

  const tell = (event: ElectionEvent) =>
    take(stepElection(candidate, turn.state, { event, moment: moment() }));

  function take(taken: Turn): void {
    turn = taken;
    for (const saying of taken.says) say(saying);
    if (taken.next.do === 'goOn') return;
    clearTimeout(timer);
    open?.abort();
    open = undefined;
    if (taken.next.do === 'end') end(taken.next.why);
    else if (taken.next.do === 'wait') wakeAt(taken.next.untilMs, () => tell({ is: 'woke' }));
    else request(taken.next);
  }

  function request({ id, request, dropAtMs }: Extract<Next, { do: 'request' }>): void {
    const controller = new AbortController();
    const timedOut = () =>
      tell({ is: 'answer', id, answer: { is: 'failed', reason: 'context deadline exceeded' } });
    open = controller;
    if (dropAtMs !== null) wakeAt(dropAtMs, timedOut);
    if (dropAtMs !== null && dropAtMs <= now()) return;
    void store.perform(request, controller.signal).then((answer) => {
      if (open !== controller) return;
      // Answered: what comes next must not abort a connection that is kept for the next request.
      open = undefined;
      tell({ is: 'answer', id, answer });
    });
  }

  function wakeAt(atMs: number, run: () => void): void {
    const due = () => {
      if (now() - atMs < asleepMs) run();
      else timer = setTimeout(run, hearSignalsMs);
    };
    // Rounded up, since a timer cuts off fractions: too early is answered with another wait.
    timer = setTimeout(due, Math.max(0, Math.ceil(clock.trueMs(atMs - now()))));
  }

  take(beginElection(candidate, moment()));
  return { cancel: () => tell({ is: 'cancel' }), ended };
}
