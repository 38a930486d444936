// A round as its evidence shows it: marks, and what follows from them. The same for every order of arrival.

import { clockRemarks } from './clockremarks.ts';
import { emptiedBy } from './crown.ts';
import { type Case, caseOf, type Evidence, markOf, type RunFacts } from './evidence.ts';
import { acquiredByLine, acquiredMark, lastLooks, leaseExpiredMark } from './newleader.ts';
import type { RoundBegun, Stamp } from './observation.ts';
import { instanceGoneMark, lastRenewMark, leaseLostMark, releasedMark } from './oldleader.ts';
import { type Work, workOf } from './outage.ts';
import type { Mark, MarkName, Round, Span } from './round.ts';
import type { RunMs } from './time.ts';
import { contradictions, testimoniesOf } from './witnesses.ts';

/** Reads a round that has begun. */
export function readRound(begun: Stamp & RoundBegun, evidence: readonly Evidence[], facts: RunFacts): Round {
  const found = caseOf(begun, evidence, facts);
  const acquired = acquiredMark(found);
  const work = workOf(found, acquired);
  const marks = marksOf(found, { acquired, work });
  const mark = (name: MarkName) => marks.find((one) => one.name === name) ?? null;
  const { round, component, fault, from, terms, on, restarts } = begun;
  const emptied = emptiedBy(found, acquired);
  const to = acquired?.host ?? null;
  return {
    round,
    component,
    fault,
    from,
    // Nothing was handed over where the killed one came back and leads again.
    to: to === from && restarts ? null : to,
    ...(to === from && restarts && { cameBack: true as const }),
    ...(on !== undefined && { on }),
    ...(emptied !== null && { emptied }),
    terms,
    marks,
    handover: to === from && restarts ? null : span(found.issued, acquired),
    outage: work.outage,
    ...work.canaries,
    twoLeadersMs: twoLeadersMs(fault, mark),
    lastLooks: lastLooks(found),
    ...saidOf(found, marks),
    phase: phaseOf(found, acquired),
    returnsAtMs: returnsAtMs(found),
  };
}

function marksOf(
  found: Case,
  { acquired, work }: { readonly acquired: Mark | null; readonly work: Work },
): readonly Mark[] {
  const gone = instanceGoneMark(found, acquired);
  const ended = stepMark(found, 'ended', 'faultEnded');
  const released = releasedMark(found, acquired);
  const lastRenew = lastRenewMark(found, {
    until: [acquired, found.begun.on === undefined ? gone : null, ended],
    released,
  });
  const marks = [
    lastRenew,
    found.issued,
    released,
    leaseLostMark(found),
    gone,
    released === null ? leaseExpiredMark(found, { lastRenew, acquired }) : null,
    acquired,
    work.firstWork,
    ended,
    stepMark(found, 'restored', 'restored'),
  ];
  return marks.filter((mark) => mark !== null).sort((a, b) => a.atMs - b.atMs);
}

function stepMark({ faults, begun }: Case, step: 'ended' | 'restored', name: MarkName): Mark | null {
  const seen = faults.find(({ phase }) => phase === step);
  return seen ? markOf(name, { ...seen, host: seen.host ?? begun.from }, 'way back') : null;
}

function span(from: Mark | null, to: Mark | null): Span | null {
  return from && to && { ms: to.atMs - from.atMs, errorMs: from.errorMs + to.errorMs };
}

/**
 * How long old and new leader both acted. The old one's end is its release, its own word, or its process's end, whichever
 * came first; a frozen one does not act until it is woken. Within the error bars it is 0; where no end was seen, null.
 */
function twoLeadersMs(fault: string, mark: (name: MarkName) => Mark | null): number | null {
  const acquired = mark('acquired');
  if (acquired === null) return null;
  // One stopped while frozen wakes only to leave.
  if (fault === 'zombie') return 0;
  const woken = fault === 'freeze' ? mark('faultEnded') : null;
  if (fault === 'freeze' && woken === null) return 0;
  const from = woken !== null && woken.atMs > acquired.atMs ? woken : acquired;
  const ends = [mark('released'), mark('leaseLost'), mark('instanceGone')].filter((end) => end !== null);
  if (ends.length === 0) return null;
  const end = ends.reduce((first, one) => (one.atMs < first.atMs ? one : first));
  return end.atMs - from.atMs > end.errorMs + from.errorMs ? end.atMs - from.atMs : 0;
}

/** Absent where there is nothing to say. */
function saidOf(found: Case, marks: readonly Mark[]): Pick<Round, 'witnesses' | 'remarks' | 'doubts'> {
  const acquired = marks.find(({ name }) => name === 'acquired') ?? null;
  const witnesses = testimoniesOf(found, { acquired, line: acquiredByLine(found) });
  const doubts = contradictions(witnesses);
  const remarks = clockRemarks(found, marks);
  return {
    ...(witnesses.length === 0 ? {} : { witnesses }),
    ...(remarks.length === 0 ? {} : { remarks }),
    ...(doubts.length === 0 ? {} : { doubts }),
  };
}

function phaseOf({ issued, faults }: Case, acquired: Mark | null): Round['phase'] {
  if (acquired !== null) return 'handedOver';
  if (issued !== null) return 'faulted';
  return faults.some(({ phase }) => phase === 'armed') ? 'armed' : 'begun';
}

function returnsAtMs({ faults }: Case): RunMs | null {
  const newest = faults.findLast(({ phase }) => phase === 'armed' || phase === 'disarmed');
  if (newest?.phase !== 'armed' || newest.returnsInMs === undefined) return null;
  return newest.atMs + newest.returnsInMs;
}
