// The fold that turns observations into rounds. Late lines find their place as long as their round is open.
import type { Evidence, RunFacts } from './evidence.ts';
import { isLook, isRenewal } from './looks.ts';
import type { Observation, RoundBegun, Stamp } from './observation.ts';
import { readTime } from './rfc3339.ts';
import type { Round } from './round.ts';
import { readRound } from './roundreading.ts';
import { settled } from './settled.ts';
import { followed, itemsOf, lengthOf, type Trail, trailOf } from './trail.ts';

export interface OpenRound {
  readonly begun: Stamp & RoundBegun;
  readonly evidence: Trail<Evidence>;
}

export interface Timeline {
  /** Oldest first; the last may still change until its phase is `ended`. Read from its evidence when somebody looks. */
  readonly rounds: readonly Round[];
  /** Those before the one that is open. */
  readonly closed: readonly Round[];
  readonly open: OpenRound | null;
  /** What was seen lately, for a round that is about to begin: its last renewal may lie before it. */
  readonly lately: Trail<Evidence>;
  readonly facts: RunFacts;
}

/** What a timeline is made of: all but what is read from it. */
export type Known = Omit<Timeline, 'rounds'>;

/** Reading a round anew for each piece of evidence would make a replay slow: seldom does anybody look in between. */
export function timelineOf({ closed, open, lately, facts }: Known): Timeline {
  let read: readonly Round[] | null = null;
  return {
    get rounds() {
      read ??= open === null ? closed : [...closed, readRound(open.begun, itemsOf(open.evidence), facts)];
      return read;
    },
    closed,
    open,
    lately,
    facts,
  };
}

const nothing: Known = {
  closed: [],
  open: null,
  lately: trailOf([]),
  facts: { startedAtMs: 0, masters: [], clocks: {} },
};

export const emptyTimeline: Timeline = timelineOf(nothing);

const keptEvidence = 300;
/** Of each clock: ten minutes of them, longer than any round lasts. */
const keptSamples = 300;
/** A round that nobody ended must not make a long watch slow. */
const mostEvidence = 3000;

/** One more observation seen. Pure; what has no bearing on rounds returns the same timeline. */
export function seeTimeline(timeline: Timeline, o: Observation): Timeline {
  switch (o.kind) {
    case 'run':
      return timelineOf({
        ...nothing,
        facts: { startedAtMs: readTime(o.startedAt) ?? 0, masters: o.masters, clocks: {} },
      });
    case 'clock':
      return changed(timeline, { facts: seeClock(timeline.facts, o) });
    case 'round':
      return o.phase === 'begun' ? begin(timeline, o) : end(timeline, o);
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

function changed({ closed, open, lately, facts }: Timeline, change: Partial<Known>): Timeline {
  return timelineOf({ closed, open, lately, facts, ...change });
}

function begin(timeline: Timeline, begun: Stamp & RoundBegun): Timeline {
  const evidence = trailOf(itemsOf(timeline.lately));
  return changed(timeline, { closed: timeline.rounds, open: { begun, evidence } });
}

function end(timeline: Timeline, { round, atMs }: Stamp & RoundBegun): Timeline {
  if (timeline.open?.begun.round !== round) return timeline;
  const closed = timeline.rounds.map((one, at) =>
    at === timeline.rounds.length - 1
      ? { ...settled(one, atMs), phase: 'ended' as const, returnsAtMs: null }
      : one,
  );
  return changed(timeline, { closed, open: null });
}

function seeEvidence(timeline: Timeline, one: Evidence): Timeline {
  const lately = followed(timeline.lately, one, keptEvidence);
  const { open } = timeline;
  if (open === null || (lengthOf(open.evidence) >= mostEvidence && one.kind !== 'fault'))
    return changed(timeline, { lately });
  return changed(timeline, { lately, open: { ...open, evidence: followed(open.evidence, one) } });
}

function seeClock(facts: RunFacts, o: Extract<Observation, { kind: 'clock' }>): RunFacts {
  if (o.host === null) return facts;
  const sample = { atMs: facts.startedAtMs + o.atMs, offsetMs: o.offsetMs, errorMs: o.offsetErrorMs };
  const samples = [...(facts.clocks[o.host] ?? []).slice(1 - keptSamples), sample];
  return { ...facts, clocks: { ...facts.clocks, [o.host]: samples } };
}
