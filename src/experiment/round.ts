// One round: steady state, way back armed, fault, watch, restore, verify. Whatever happens, it puts back what it took.
import { resolve } from 'node:path';
import { KhaError } from '../model/failure.ts';
import { returnAfterSeconds } from './faults.ts';
import { processOf, writePending } from './pending.ts';
import { faultAndWatch } from './round/faulting.ts';
import { prepare } from './round/prepare.ts';
import { putBack, type Taken } from './round/putback.ts';
import type { RoundOutcome, RoundRequest, Scheduled } from './round/request.ts';
import { describedAs, telling, tellStep } from './round/telling.ts';
import { pause } from './watch/witness.ts';
import { arm, wayBackArgv } from './wayback.ts';

export type { FaultPlace, RoundOutcome, RoundRequest } from './round/request.ts';

/**
 * @throws KhaError `not-steady` (exit 3, or 4 where nobody answered) when no fault was issued because the state was not
 * steady, `busy`, `not-armed`, `not-enabled`, `no-standby`, `no-unit`;
 * after the fault was issued it no longer rejects for what hosts do, but tells in its outcome.
 */
export async function runRound(request: RoundRequest): Promise<RoundOutcome> {
  const scheduled = await prepare(request);
  const pending = pendingOf(request, scheduled);
  await pause(request.random() * scheduled.terms.retryPeriodMs, request.signal);
  if (request.pendingFolder !== null) writePending(request.pendingFolder, pending);
  const taken: Taken = { pending, armed: [], issued: false };
  let failure: unknown = null;
  try {
    await armAll(request, scheduled, taken);
    const issued = () => {
      taken.issued = true;
    };
    if (!request.signal.aborted) await faultAndWatch(request, scheduled, issued);
  } catch (error) {
    failure = error;
  }
  // The way back is walked on every way out, a bug of ours included; only what we armed is disarmed.
  const outcome = await putBack(request, scheduled, taken);
  if (failure !== null && outcome.notRestored === null) throw failure;
  return outcome;
}

async function armAll(
  request: RoundRequest,
  { design, terms }: Scheduled,
  { pending: { description }, armed }: Taken,
): Promise<void> {
  const { target, holdMs } = request;
  const afterSeconds = returnAfterSeconds({ terms, holdMs });
  const arming = await Promise.allSettled(
    target.masters.map(async (master) => {
      const wayBack = { afterSeconds, command: wayBackArgv(design, master.name), description };
      try {
        await arm(master.host, wayBack, telling(request));
        armed.push(master);
      } catch (error) {
        // A timer whose answer was lost on its way may be there all the same.
        if (!(error instanceof KhaError && error.code === 'busy')) armed.push(master);
        throw error;
      }
      tellStep(request, master.name, { phase: 'armed', returnsInMs: afterSeconds * 1000 });
    }),
  );
  const refused = arming.find((one) => one.status === 'rejected');
  if (refused) throw refused.reason;
}

function pendingOf(request: RoundRequest, { design, snapshots }: Scheduled): Taken['pending'] {
  const { target, component, fault, round, clock } = request;
  const sinceMs = clock();
  const own = processOf(process.pid);
  return {
    version: 2,
    id: `${process.pid}-${Math.round(request.startedMs)}-${round}`,
    pid: process.pid,
    ...(own !== null && { process: own }),
    startedAt: new Date(sinceMs).toISOString(),
    description: describedAs({ component, fault, sinceMs }),
    inventory: resolve(target.inventory.source),
    component,
    fault,
    master: design.on.name,
    unit: design.unit,
    undo: design.undo,
    snapshots,
    exitsWithinMs: design.exitsWithinMs,
    armedOn: target.masters.map(({ name }) => name),
  };
}
