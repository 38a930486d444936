// What everything up to a moment comes to, as an index keeps it: rounds that are over stand in its table, once.
import type { Evidence } from '../../model/evidence.ts';
import type { Round } from '../../model/round.ts';
import type { Scene } from '../../model/scene.ts';
import type { Moment } from '../../model/story.ts';
import { type Known, type OpenRound, timelineOf } from '../../model/timeline.ts';
import { itemsOf, trailOf } from '../../model/trail.ts';

export interface KeptMoment {
  readonly seq: number;
  readonly scene: Omit<Scene, 'timeline'>;
  readonly facts: Known['facts'];
  readonly lately: readonly Evidence[];
  readonly open: { readonly begun: OpenRound['begun']; readonly evidence: readonly Evidence[] } | null;
  /** Of the table's rounds. */
  readonly closed: { readonly from: number; readonly count: number };
}

/** @param from which of the table's rounds is the first of the run. */
export function keptMoment({ scene, seq }: Moment, from: number): KeptMoment {
  const { timeline, ...rest } = scene;
  const { closed, open, lately, facts } = timeline;
  return {
    ...{ seq, scene: rest, facts },
    lately: itemsOf(lately),
    open: open && { begun: open.begun, evidence: itemsOf(open.evidence) },
    closed: { from, count: closed.length },
  };
}

export function momentOf(
  { seq, scene, facts, lately, open, closed: { from, count } }: KeptMoment,
  rounds: readonly Round[],
): Moment {
  const timeline = timelineOf({
    facts,
    closed: rounds.slice(from, from + count),
    lately: trailOf(lately),
    open: open && { begun: open.begun, evidence: trailOf(open.evidence) },
  });
  return { seq, scene: { ...scene, timeline } };
}
