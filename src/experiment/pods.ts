// Pods made to be looked at: noted on the disk, created on a master, watched, and deleted whatever becomes of the run.
import { setMaxListeners } from 'node:events';
import { resolve } from 'node:path';
import type { ApiServer } from '../cluster/apiserver.ts';
import { type KubeObject, keepInView } from '../cluster/keep.ts';
import type { Argv } from '../hosts/host.ts';
import { exits, KhaError } from '../model/failure.ts';
import type { PodSeen } from '../model/observation.ts';
import type { EpochMs } from '../model/time.ts';
import { clearPending, giveUpPending, type Pending, processOf, writePending } from './pending.ts';
import { deletePodArgv, keyOfPod, makePodArgv, notedAs, type PodWish, podNamespace } from './podcommands.ts';
import type { Target } from './target.ts';
import { pause, say, type Witness } from './watch/witness.ts';

export interface PodsOptions extends Omit<Witness, 'signal'> {
  readonly target: Target;
  readonly startedMs: EpochMs;
  /** Null for a sandbox of this run, which ends with it and leaves nothing to recover. */
  readonly pendingFolder: string | null;
  /** Types it on that master and records it. */
  readonly run: (
    master: string,
    argv: Argv,
    why: string,
  ) => Promise<{ readonly code: number | null; readonly output: string }>;
}

export interface Pods {
  /** @throws KhaError `pod-not-made` (exit 3), and nothing is left of it then; `not-noted` */
  make(wish: PodWish, why: string): Promise<void>;
  /** Resolves once it is gone. @throws KhaError `not-restored` (exit 6) */
  remove(name: string, why: string): Promise<void>;
  /** Those that are still there. @throws as `remove`, after having tried each */
  removeAll(): Promise<void>;
}

interface Made {
  readonly pending: Pending;
  readonly watching: AbortController;
  newest: PodSeen | null;
}

interface PodObject extends KubeObject {
  readonly spec?: { readonly nodeName?: string };
  readonly status?: {
    readonly phase?: string;
    readonly containerStatuses?: readonly { readonly containerID?: string }[];
  };
}

/** A container that does not listen to SIGTERM is given its second, and a busy node some more. */
const goneWithinMs = 60_000;
const askEveryMs = 250;

export function createPods(options: PodsOptions): Pods {
  const { target, pendingFolder, run } = options;
  const made = new Map<string, Made>();
  const [first] = target.masters;
  const [api] = target.apis;

  async function remove(name: string, why: string): Promise<void> {
    const pod = made.get(name);
    if (!pod || !first || !api) return;
    try {
      const { code, output } = await run(first.name, deletePodArgv(name), why);
      if (code !== 0) throw new Error(output || `kubectl ended with ${code}`);
      await gone(api, name, options);
    } catch (cause) {
      if (pendingFolder !== null) giveUpPending(pendingFolder, pod.pending);
      throw stillThere(name, cause);
    }
    pod.watching.abort();
    made.delete(name);
    if (pendingFolder !== null) clearPending(pendingFolder, pod.pending.id);
    const { node = null, container = null } = pod.newest ?? {};
    if (pod.newest?.phase !== 'gone')
      say(options, null, { kind: 'pod', name: keyOfPod(name), phase: 'gone', node, container });
  }

  return {
    remove,
    async make(wish, why) {
      if (!first || !api) return;
      const pending = pendingOf(options, { name: wish.name, master: first.name });
      if (pendingFolder !== null) writePending(pendingFolder, pending);
      const pod: Made = { pending, watching: new AbortController(), newest: null };
      // Every request of its watch listens for its end, and no leak.
      setMaxListeners(0, pod.watching.signal);
      made.set(wish.name, pod);
      void watch(pod, { api, name: wish.name }, options);
      const { code, output } = await run(first.name, makePodArgv(wish), why);
      if (code === 0) return;
      pod.watching.abort();
      made.delete(wish.name);
      if (pendingFolder !== null) clearPending(pendingFolder, pending.id);
      throw notMade(wish.name, output);
    },
    async removeAll() {
      const ended = await Promise.allSettled([...made.keys()].map((name) => remove(name, 'put away')));
      const failed = ended.find((one) => one.status === 'rejected');
      if (failed) throw failed.reason;
    },
  };
}

function watch(
  pod: Made,
  { api, name }: { readonly api: ApiServer; readonly name: string },
  options: PodsOptions,
): Promise<void> {
  return keepInView<PodObject>({
    api,
    path: `/api/v1/namespaces/${podNamespace}/pods`,
    fieldSelector: `metadata.name=${name}`,
    clock: options.clock,
    signal: pod.watching.signal,
    onTrouble(error) {
      if (error)
        say(options, null, {
          kind: 'problem',
          code: error.code,
          message: error.message,
          tryThis: error.tryThis,
        });
    },
    onObject({ spec, status }, change, atMs) {
      const seen: PodSeen = {
        kind: 'pod',
        name: keyOfPod(name),
        phase: change === 'deleted' ? 'gone' : (status?.phase ?? 'Pending'),
        node: spec?.nodeName ?? null,
        container: status?.containerStatuses?.[0]?.containerID || null,
      };
      pod.newest = seen;
      say(options, null, seen, { atMs });
    },
  });
}

async function gone(api: ApiServer, name: string, { clock }: PodsOptions): Promise<void> {
  const untilMs = clock() + goneWithinMs;
  for (;;) {
    const { status } = await api.send('GET', `/api/v1/namespaces/${podNamespace}/pods/${name}`);
    if (status === 404) return;
    if (clock() > untilMs) throw new Error(`it is still there after ${goneWithinMs / 1000} s`);
    await pause(askEveryMs, new AbortController().signal);
  }
}

function pendingOf(
  { target, startedMs, clock }: PodsOptions,
  { name, master }: { readonly name: string; readonly master: string },
): Pending {
  const own = processOf(process.pid);
  return {
    version: 2,
    id: `${process.pid}-${Math.round(startedMs)}-${name}`,
    pid: process.pid,
    ...(own !== null && { process: own }),
    startedAt: new Date(clock()).toISOString(),
    inventory: resolve(target.inventory.source),
    component: 'kube-scheduler',
    fault: 'left',
    master,
    unit: notedAs(name),
    undo: [{ on: master, argv: deletePodArgv(name), why: 'put away', asLogin: true }],
    snapshots: [],
    exitsWithinMs: 0,
    armedOn: [],
  };
}

function notMade(name: string, output: string): KhaError {
  return new KhaError({
    code: 'pod-not-made',
    exit: exits.inconclusive,
    message: `The pod ${name} could not be made: ${output || 'kubectl said nothing'}.`,
    tryThis: 'See that kubectl works there and may create pods; one of that name may be there already.',
  });
}

function stillThere(name: string, cause: unknown): KhaError {
  return new KhaError({
    code: 'not-restored',
    exit: exits.notRestored,
    message: `NOT RESTORED: the pod ${keyOfPod(name)} was not deleted: ${(cause as Error).message}.`,
    tryThis: `Type: kubectl -n ${podNamespace} delete pod ${name}`,
    cause,
  });
}
