// The outage people feel: canaries through the whole of a round, where they are wanted and allowed.
import type { ApiServer } from '../cluster/apiserver.ts';
import { type Canaries, startCanaries } from '../cluster/canaries.ts';
import { KhaError } from '../model/failure.ts';
import type { ComponentName } from '../model/lock.ts';
import type { CanaryPlan } from '../model/observation.ts';
import type { NamespaceNote } from './canarynote.ts';
import { say, type Witness } from './watch/witness.ts';

export interface CanaryWish extends Omit<Witness, 'signal'> {
  readonly apis: readonly ApiServer[];
  readonly component: ComponentName;
  /** Null where none are wanted. */
  readonly everyMs: number | null;
  /** The leader's master: canaries are made through another one's API server where there is one. */
  readonly leader: string | null;
  /** Of this round alone. */
  readonly namespace: string;
  /** Null for a sandbox of this run, which ends with it. */
  readonly note: NamespaceNote | null;
  /** Stops waiting for what is left of them to go. */
  readonly hurry: AbortSignal;
}

/**
 * Does `work` while canaries are made, and tells it whether they are. Without them, or where they are refused, the round
 * counts all the same, and says what is missing.
 */
export async function withCanaries<Result>(
  wish: CanaryWish,
  work: (plan: CanaryPlan) => Promise<Result>,
): Promise<Result> {
  const { plan, canaries } = await begin(wish);
  try {
    return await work(plan);
  } finally {
    await canaries?.stop().then(
      () => wish.note?.clear(),
      (error) => {
        // One that is marked for deletion goes without us.
        if (tell(wish, 'canaries-left', error).code === 'canaries-left') wish.note?.clear();
        else wish.note?.giveUp();
      },
    );
  }
}

interface Begun {
  readonly plan: CanaryPlan;
  readonly canaries: Canaries | null;
}

async function begin(wish: CanaryWish): Promise<Begun> {
  const { apis, component, everyMs, leader, namespace, clock, hurry } = wish;
  const api = apis.find(({ master }) => master !== leader) ?? apis[0];
  const none = (missing: string): Begun => ({ plan: { missing }, canaries: null });
  if (everyMs === null) return none('no canaries were wanted (--no-canary)');
  if (!api) return none('no API server is known through which canaries could be made');
  wish.note?.write();
  try {
    const canaries = await startCanaries({
      api,
      component,
      namespace,
      everyMs,
      clock,
      hurry,
      onCanary: (seen, at) => say(wish, null, seen, at),
      onTrouble: (error) => tell(wish, 'canaries-unseen', error),
    });
    return { plan: { everyMs, namespace }, canaries };
  } catch (error) {
    wish.note?.clear();
    const problem = tell(wish, 'no-canaries', error);
    return none(`no canaries could be made: ${problem.message.replace(/\.$/, '')}`);
  }
}

const sentences = {
  'no-canaries': 'No canaries could be made, so the outage is not measured',
  'canaries-unseen': 'The canaries cannot be seen for the moment',
  'canaries-left': 'The canaries are not all cleaned up',
} as const;

function tell(wish: CanaryWish, code: keyof typeof sentences, error: unknown): KhaError {
  if (!(error instanceof KhaError)) throw error;
  const tryThis =
    code === 'canaries-left'
      ? `${error.tryThis} Look with: kubectl get namespace ${wish.namespace}; if it stays, type kubectl delete namespace ${wish.namespace}`
      : `${error.tryThis} Or leave them out with --no-canary.`;
  say(wish, null, { kind: 'problem', code, message: `${sentences[code]}: ${error.message}`, tryThis });
  return error;
}
