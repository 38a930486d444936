// Canaries: made at a steady pace so that the moment shows from which on nobody works, and from which on somebody does.
import { KhaError } from '../model/failure.ts';
import type { ComponentName } from '../model/lock.ts';
import type { CanarySeen } from '../model/observation.ts';
import type { Clock, EpochMs } from '../model/time.ts';
import { type ApiServer, expectGood } from './apiserver.ts';
import { type CanaryKind, type CanaryPod, canaryKinds, podsOf } from './canarykinds.ts';
import { removeCanaries } from './canaryremoval.ts';
import { createDelays, type Delays } from './delays.ts';
import { keepInView } from './keep.ts';

export interface CanaryOptions {
  readonly api: ApiServer;
  readonly component: ComponentName;
  /** A namespace of this run alone: made here, and deleted with all that is in it. */
  readonly namespace: string;
  readonly everyMs: number;
  readonly clock: Clock;
  readonly onCanary: (seen: CanarySeen, at: { readonly atMs: EpochMs; readonly errorMs: number }) => void;
  readonly onTrouble: (error: KhaError) => void;
  /** Stops waiting for what is left to go. */
  readonly hurry: AbortSignal;
}

export interface Canaries {
  /** Stops making them and deletes them and the namespace. Rejects with a KhaError that says what is left. Idempotent. */
  stop(): Promise<void>;
}

/** As many as a round may make: two and a half minutes of five a second. */
const mostCanaries = 750;
/** An API server that does not answer is not asked for ever more at once. */
const mostAsked = 25;
const readyWithinMs = 10_000;

interface Making extends CanaryOptions {
  readonly kind: CanaryKind;
  readonly delays: Delays;
  /** When each was asked for. */
  readonly asked: Map<string, EpochMs>;
}

/**
 * Makes the namespace, and begins once a first canary was accepted: a real cluster gives a namespace its service account
 * a moment later.
 * @throws KhaError `api-forbidden` and its like when this login may not.
 */
export async function startCanaries(options: CanaryOptions): Promise<Canaries> {
  const { api, namespace, clock, everyMs } = options;
  const kind = canaryKinds[options.component];
  const delays = createDelays();
  const making: Making = { ...options, kind, delays, asked: new Map() };
  const ending = new AbortController();
  try {
    expectGood(
      api,
      await api.send('POST', '/api/v1/namespaces', {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: namespace },
      }),
    );
  } catch (error) {
    delays.stop();
    throw error;
  }
  const seen = watchPods(making, ending.signal);
  // Told by stop(): until then a run has masters in its hands, which an error nobody caught would end.
  seen.catch(() => {});
  let ended: Promise<void> | null = null;
  const stop = () => {
    ended ??= end(making, ending, seen);
    return ended;
  };
  try {
    await firstCanary(making, clock() + readyWithinMs);
  } catch (error) {
    // Why there are none is the thing to say; what could not be cleaned up after none were made is little.
    await stop().catch(() => {});
    throw error;
  }
  let made = 1;
  let underWay = 0;
  const timer = setInterval(() => {
    if (made >= mostCanaries) return clearInterval(timer);
    if (underWay >= mostAsked) return;
    made += 1;
    underWay += 1;
    // One that is refused in the middle of a round is simply not seen; the next comes at once.
    makeCanary(making, made)
      .catch(() => {})
      .finally(() => {
        underWay -= 1;
      });
  }, everyMs);
  ending.signal.addEventListener('abort', () => clearInterval(timer));
  return { stop };
}

async function firstCanary(making: Making, untilMs: EpochMs): Promise<void> {
  for (;;) {
    try {
      return await makeCanary(making, 1);
    } catch (error) {
      if (!(error instanceof KhaError) || making.clock() > untilMs) throw error;
      // What is forbidden to this login will not be allowed a moment later; what lacks its service account will.
      if (error.code === 'api-forbidden' && !/serviceaccount|service account/i.test(error.message))
        throw error;
      await new Promise((resolve) => setTimeout(resolve, making.everyMs));
    }
  }
}

async function makeCanary(making: Making, number: number): Promise<void> {
  const { api, namespace, component, kind, clock, delays, asked, onCanary } = making;
  const name = `canary-${number}`;
  const askedMs = clock();
  asked.set(name, askedMs);
  expectGood(api, await api.send('POST', kind.path(namespace), kind.object(name)));
  const tookMs = clock() - askedMs;
  delays.answered(tookMs);
  // Somewhere between question and answer it was there.
  const at = { atMs: askedMs + tookMs / 2, errorMs: tookMs / 2 };
  onCanary({ kind: 'canary', component, name: `${namespace}/${name}`, phase: 'created', node: null }, at);
}

function watchPods(making: Making, signal: AbortSignal): Promise<void> {
  const { api, namespace, component, kind, clock, delays, asked, onCanary, onTrouble } = making;
  const told = new Set<string>();
  return keepInView<CanaryPod>({
    api,
    path: podsOf(namespace),
    clock,
    signal,
    onTrouble: (error) => error && onTrouble(error),
    onObject(pod, change, arrivedMs) {
      const done = change === 'deleted' ? null : kind.done(pod);
      if (done === null || told.has(done.name)) return;
      told.add(done.name);
      // It was done before it was shown: by a request's time at most where the watch went on, at any time since it was
      // asked for where it had to be begun anew.
      const askedMs = asked.get(done.name) ?? arrivedMs;
      const sinceMs = change === 'initial' ? askedMs : Math.max(askedMs, arrivedMs - delays.longestMs());
      const errorMs = (arrivedMs - sinceMs) / 2;
      const name = `${namespace}/${done.name}`;
      onCanary({ kind: 'canary', component, ...done, name }, { atMs: arrivedMs - errorMs, errorMs });
    },
  });
}

async function end(making: Making, ending: AbortController, seen: Promise<void>): Promise<void> {
  ending.abort();
  making.delays.stop();
  // Its namespace goes, whatever became of the view.
  await seen.finally(() => removeCanaries(making.api, making));
}
