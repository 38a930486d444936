// Every check a lab can ask for, and the one place that judges them.
import * as z from 'zod';
import * as agreement from './agreement.ts';
import type { CheckView, Verdict } from './check.ts';
import * as election from './election.ts';
import * as hosts from './hosts.ts';
import * as pods from './pods.ts';
import * as rounds from './rounds.ts';
import * as seen from './seen.ts';
import * as units from './units.ts';
import * as ways from './ways.ts';

export const check = z.discriminatedUnion('is', [
  hosts.sshUp,
  hosts.clockKnown,
  hosts.apiReady,
  hosts.endpointsListAll,
  hosts.endpointsInStore,
  units.unitActive,
  units.unitGone,
  units.flagIs,
  agreement.unitsAgree,
  agreement.portsClosed,
  election.oneHolder,
  election.standsBy,
  election.lockUnmoved,
  seen.logEvent,
  seen.logSilent,
  seen.eventSeen,
  seen.commandRan,
  pods.podRuns,
  pods.podGone,
  ways.wayFails,
  ways.wayMeasured,
  rounds.handoverTimed,
  rounds.restored,
  rounds.recordEmptied,
]);

export type Check = z.infer<typeof check>;

/** Whether it holds now. Pure: the same view gives the same verdict. */
export function judge(one: Check, view: CheckView): Verdict {
  switch (one.is) {
    case 'ssh-up':
      return hosts.judgeSshUp(one, view);
    case 'clock-known':
      return hosts.judgeClockKnown(one, view);
    case 'api-ready':
      return hosts.judgeApiReady(one, view);
    case 'endpoints-list-all':
      return hosts.judgeEndpointsListAll(one, view);
    case 'endpoints-in-store':
      return hosts.judgeEndpointsInStore(one, view);
    case 'unit-active':
      return units.judgeUnitActive(one, view);
    case 'unit-gone':
      return units.judgeUnitGone(one, view);
    case 'flag':
      return units.judgeFlag(one, view);
    case 'units-agree':
      return agreement.judgeUnitsAgree(one, view);
    case 'ports-closed':
      return agreement.judgePortsClosed(one, view);
    case 'one-holder':
      return election.judgeOneHolder(one, view);
    case 'standby':
      return election.judgeStandsBy(one, view);
    case 'lock-unmoved':
      return election.judgeLockUnmoved(one, view);
    case 'log-event':
      return seen.judgeLogEvent(one, view);
    case 'log-silent':
      return seen.judgeLogSilent(one, view);
    case 'event-seen':
      return seen.judgeEventSeen(one, view);
    case 'command-ran':
      return seen.judgeCommandRan(one, view);
    case 'pod-runs':
      return pods.judgePodRuns(one, view);
    case 'pod-gone':
      return pods.judgePodGone(one, view);
    case 'way-fails':
      return ways.judgeWayFails(one, view);
    case 'way-measured':
      return ways.judgeWayMeasured(one, view);
    case 'handover-timed':
      return rounds.judgeHandoverTimed(one, view);
    case 'record-emptied':
      return rounds.judgeRecordEmptied(one, view);
    case 'restored':
      return rounds.judgeRestored(one, view);
  }
}
