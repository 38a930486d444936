// How a round speaks of itself in the stream, and how it reads there what became of it.
import type { FaultStep } from '../../model/observation.ts';
import type { Scene } from '../../model/scene.ts';
import type { EpochMs } from '../../model/time.ts';
import type { Tell } from '../typed.ts';
import { say } from '../watch/witness.ts';
import type { RoundRequest } from './request.ts';

export function tellStep(
  request: RoundRequest,
  host: string | null,
  facts: Pick<FaultStep, 'phase' | 'returnsInMs'>,
  at?: { atMs: EpochMs; errorMs: number },
): void {
  const { round, component, fault } = request;
  say(request, host, { kind: 'fault', round, component, fault, ...facts }, at);
}

/** Every command of a round is said in its stream. */
export const telling =
  (request: RoundRequest): Tell =>
  (master, command) =>
    say(request, master, command);

export const roundOf = ({ round }: RoundRequest, scene: Scene) =>
  scene.timeline.rounds.find((one) => one.round === round);

const marksOf = (request: RoundRequest, scene: Scene) => roundOf(request, scene)?.marks ?? [];

export const handedOver = (request: RoundRequest) => (scene: Scene) => roundOf(request, scene)?.to != null;

const ownLineSeen = (request: RoundRequest) => (scene: Scene) =>
  marksOf(request, scene).some(({ name, witness }) => name === 'acquired' && witness === 'log line');

/** klog files are flushed every five seconds: the new leader's own line may be that much later than the lock. */
export const lateLinesMs = 7_000;

/** The lock may tell of the new leader before its own line does, which is the better mark. */
export const untilOwnLine = (request: RoundRequest, signal: AbortSignal) =>
  request.stage.until(ownLineSeen(request), { withinMs: lateLinesMs, signal });

export const retakenSeen = (request: RoundRequest) => (scene: Scene) =>
  roundOf(request, scene)?.emptied?.retakenMs != null;

/** What a master's timer says of itself: who is at work there, since when, and what for. */
export function describedAs({
  component,
  fault,
  sinceMs,
}: Pick<RoundRequest, 'component' | 'fault'> & { readonly sinceMs: EpochMs }): string {
  return `kha-lab ${process.pid} since ${new Date(sinceMs).toISOString()}: ${fault} ${component}`;
}
