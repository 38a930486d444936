// The fold that turns observations into rounds. Late lines find their place as long as their round is open.
import type { Evidence, RunFacts } from './evidence.ts';
import { isLook, isRenewal } from './looks.ts';
import type { Observation, RoundBegun, Stamp } from './observation.ts';
import { readTime } from './rfc3339.ts';
import type { Round } from './round.ts';
import { readRound } from './roundreading.ts';

interface OpenRound {
  readonly begun: Stamp & RoundBegun;
  readonly evidence: readonly Evidence[];
}

export interface Timeline {
  /** Oldest first; the last may still change until its phase is `ended`. */
  readonly rounds: readonly Round[];
  readonly open: OpenRound | null;
  /** What was seen lately, for a round that is about to begin: its last renewal may lie before it. */
  readonly lately: readonly Evidence[];
  readonly facts: RunFacts;
}

export const emptyTimeline: Timeline = {
  rounds: [],
  open: null,
  lately: [],
  facts: { startedAtMs: 0, masters: [], clocks: {} },
};

const keptEvidence = 300;
const keptSamples = 60;
/** A round that nobody ended must not make a long watch slow. */
const mostEvidence = 3000;

/** One more observation seen. Pure; what has no bearing on rounds returns the same timeline. */
export function seeTimeline(timeline: Timeline, o: Observation): Timeline {
  const gathered = gatherTimeline(timeline, o);
  return gathered === timeline ? timeline : readOpen(gathered);
}

/**
 * As `seeTimeline`, for whoever looks only once all is there: a round is read as it ends, and one that is still open by
 * `readOpen`. Reading it anew at each observation is most of the work.
 */
export function gatherTimeline(timeline: Timeline, o: Observation): Timeline {
  switch (o.kind) {
    case 'run':
      return {
        ...emptyTimeline,
        facts: { startedAtMs: readTime(o.startedAt) ?? 0, masters: o.masters, clocks: {} },
      };
    case 'clock':
      return { ...timeline, facts: seeClock(timeline.facts, o) };
    case 'round':
      return o.phase === 'begun' ? begin(timeline, o) : end(readOpen(timeline), o);
    case 'log':
      return o.event !== null && bearsOnLock({ event: o.event, component: o.component })
        ? seeEvidence(timeline, o)
        : timeline;
    case 'lock':
    case 'instance':
    case 'fault':
    case 'canary':
    case 'event':
      return seeEvidence(timeline, o);
    default:
      return timeline;
  }
}

/** At high verbosity most lines are requests for other things. */
function bearsOnLock(line: Parameters<typeof isLook>[0]): boolean {
  return line.event.is !== 'request' || isLook(line) || isRenewal(line);
}

function begin(timeline: Timeline, begun: Stamp & RoundBegun): Timeline {
  const evidence = timeline.lately;
  const round = readRound(begun, evidence, timeline.facts);
  return { ...timeline, open: { begun, evidence }, rounds: [...timeline.rounds, round] };
}

function end(timeline: Timeline, { round }: RoundBegun): Timeline {
  if (timeline.open?.begun.round !== round) return timeline;
  const rounds = timeline.rounds.map((one, at) =>
    at === timeline.rounds.length - 1 ? { ...one, phase: 'ended' as const, returnsAtMs: null } : one,
  );
  return { ...timeline, rounds, open: null };
}

function seeEvidence(timeline: Timeline, one: Evidence): Timeline {
  const lately = [...timeline.lately.slice(1 - keptEvidence), one];
  const { open } = timeline;
  if (open === null || (open.evidence.length >= mostEvidence && one.kind !== 'fault')) {
    return { ...timeline, lately };
  }
  return { ...timeline, lately, open: { ...open, evidence: [...open.evidence, one] } };
}

/** The open round as its evidence shows it so far. */
export function readOpen(timeline: Timeline): Timeline {
  const { open, facts } = timeline;
  if (open === null) return timeline;
  const round = readRound(open.begun, open.evidence, facts);
  return { ...timeline, rounds: [...timeline.rounds.slice(0, -1), round] };
}

function seeClock(facts: RunFacts, o: Extract<Observation, { kind: 'clock' }>): RunFacts {
  if (o.host === null) return facts;
  const sample = { atMs: facts.startedAtMs + o.atMs, offsetMs: o.offsetMs, errorMs: o.offsetErrorMs };
  const samples = [...(facts.clocks[o.host] ?? []).slice(1 - keptSamples), sample];
  return { ...facts, clocks: { ...facts.clocks, [o.host]: samples } };
}
