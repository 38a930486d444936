// Takes canaries away: the objects first, as whoever empties a namespace may itself be the one that was stopped.
import { exits, KhaError } from '../model/failure.ts';
import type { Clock } from '../model/time.ts';
import { type ApiServer, expectGood } from './apiserver.ts';
import { controllersOf, podsOf } from './canarykinds.ts';

export interface Removal {
  readonly namespace: string;
  readonly clock: Clock;
  /** Stops waiting: what is under way goes on without us. */
  readonly hurry: AbortSignal;
}

const goneWithinMs = 15_000;
const lookEveryMs = 250;

/**
 * Deletes controllers, pods and namespace, and waits until the namespace is gone; one that is gone already is as good.
 * @throws KhaError when it may not be deleted, or is not gone in time: `canaries-left`
 */
export async function removeCanaries(api: ApiServer, { namespace, clock, hurry }: Removal): Promise<void> {
  const place = `/api/v1/namespaces/${namespace}`;
  // Controllers before pods, which they would make again. What remains goes with the namespace.
  await api.send('DELETE', `${controllersOf(namespace)}?propagationPolicy=Background`);
  await api.send('DELETE', `${podsOf(namespace)}?gracePeriodSeconds=0`);
  const answer = await api.send('DELETE', place);
  if (answer.status === 404) return;
  expectGood(api, answer);
  const untilMs = clock() + goneWithinMs;
  for (;;) {
    const { status } = await api.send('GET', place);
    if (status === 404) return;
    if (hurry.aborted || clock() > untilMs) throw stillThere(namespace);
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
}

function stillThere(namespace: string): KhaError {
  return new KhaError({
    code: 'canaries-left',
    exit: exits.notSteady,
    message: `The namespace ${namespace} is marked for deletion, but not gone yet.`,
    tryThis: 'The leading kube-controller-manager finishes it.',
  });
}
