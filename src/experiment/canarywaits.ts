// What a round waits for because of its canaries: the new leader's first work, and what had piled up being worked off.
import type { CanaryPlan } from '../model/observation.ts';
import type { Round } from '../model/round.ts';
import type { Stage } from './stage.ts';

export interface CanaryWait {
  readonly stage: Stage;
  readonly round: number;
  readonly canaries: CanaryPlan;
}

/** A controller-manager first starts its controllers. */
const startingMs = 12_000;
/** All is put back by then: a backlog that takes longer to be worked off is told as that. */
const drainingMs = 20_000;

export async function untilFirstWork(wait: CanaryWait, signal: AbortSignal): Promise<void> {
  if (!('namespace' in wait.canaries)) return;
  const worked = ({ marks }: Round) => marks.some(({ name }) => name === 'firstWork');
  await until(wait, worked, { withinMs: startingMs, signal });
}

/** Where no work was seen there is nothing to wait for. */
export async function untilDrained(wait: CanaryWait, signal: AbortSignal): Promise<void> {
  const worked = ({ canaries, outage }: Round) => outage === null || canaries?.drainedMs != null;
  if ('namespace' in wait.canaries) await until(wait, worked, { withinMs: drainingMs, signal });
}

async function until(
  { stage, round }: CanaryWait,
  holds: (round: Round) => boolean,
  limit: { readonly withinMs: number; readonly signal: AbortSignal },
): Promise<void> {
  await stage.until(
    ({ timeline }) => timeline.rounds.some((one) => one.round === round && holds(one)),
    limit,
  );
}
