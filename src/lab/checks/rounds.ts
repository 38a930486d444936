// Checks of a round: whether its handover was timed, and whether all is as it was.
import * as z from 'zod';
import { faultKinds } from '../../model/faultkind.ts';
import { seconds } from '../numbers.ts';
import { type CheckView, common, component, roundCounts, roundSince, type Verdict } from './check.ts';

const ofRound = { ...common, component, since: roundSince };
export const handoverTimed = z.strictObject({
  ...ofRound,
  is: z.literal('handover-timed'),
  fault: z.enum(faultKinds).optional().describe('Only the last round with this fault.'),
});
export const restored = z.strictObject({ ...ofRound, is: z.literal('restored') });
export const recordEmptied = z.strictObject({ ...ofRound, is: z.literal('record-emptied') });

export function judgeHandoverTimed(check: z.infer<typeof handoverTimed>, view: CheckView): Verdict {
  const round = roundOf(check, view);
  if (!round) return { ok: false, waiting: true, detail: view.words.round.noFault };
  if (!round.handover || round.to === null) {
    return { ok: false, waiting: round.phase !== 'ended', detail: view.words.round.nobodyYet };
  }
  return { ok: true, detail: view.words.round.took(round.from, round.to, seconds(round.handover.ms)) };
}

export function judgeRestored(check: z.infer<typeof restored>, view: CheckView): Verdict {
  const { rounds, scene } = view.story;
  const round = rounds[check.component];
  if (!round || !roundCounts(check.since, view, check.component))
    return { ok: false, waiting: true, detail: view.words.round.nothingTaken };
  const { from } = round.begun;
  const state = scene.masters[from]?.instances[check.component]?.active;
  if (round.restored && state === 'active')
    return { ok: true, detail: view.words.round.back(check.component, from) };
  return {
    ok: false,
    waiting: !round.restored,
    detail: view.words.unit.state(check.component, from, state ?? view.words.notSeen),
    tryThis: view.words.round.recover,
  };
}

/** A zombie emptied the record of the one that leads now. */
export function judgeRecordEmptied(check: z.infer<typeof recordEmptied>, view: CheckView): Verdict {
  const round = roundOf(check, view);
  if (round?.fault !== 'zombie') return { ok: false, waiting: true, detail: view.words.round.noZombie };
  const { emptied, from } = round;
  if (emptied) return { ok: true, detail: view.words.round.emptied(from, emptied.successor) };
  return {
    ok: false,
    waiting: round.phase !== 'ended',
    detail: view.words.round.left(from),
    tryThis: view.words.round.again,
  };
}

/** The last round of a component, or of one of its faults, where it counts. */
function roundOf(
  { component: of, since, fault }: Pick<z.infer<typeof handoverTimed>, 'component' | 'since' | 'fault'>,
  { rounds, story }: CheckView,
) {
  const round = rounds.findLast(
    (one) => one.component === of && (fault === undefined || one.fault === fault),
  );
  const before = story.entered.scene.timeline.rounds.at(-1)?.round ?? 0;
  return since === 'start' || (round && round.round > before) ? round : undefined;
}
