// Watches one API server: its health, the locks, the `kubernetes` endpoints and LeaderElection events.
import type { ApiServer } from '../../cluster/apiserver.ts';
import { askHealth, askKubernetesEndpoints, type LeaderElectionEvent } from '../../cluster/facts.ts';
import { keepInView } from '../../cluster/keep.ts';
import { lockNamespace, watchLock } from '../../cluster/locks.ts';
import { KhaError } from '../../model/failure.ts';
import type { ComponentName } from '../../model/lock.ts';
import type { LeaderNews } from './leader.ts';
import { repeat, say, type Witness } from './witness.ts';

export interface ClusterWatch extends Witness {
  readonly api: ApiServer;
  readonly components: readonly ComponentName[];
  readonly news: LeaderNews;
}

const healthEveryMs = 5_000;

/** Runs until the signal aborts. Whatever this API server refuses or fails to answer becomes a problem in the stream. */
export async function watchCluster(watch: ClusterWatch): Promise<void> {
  const { api, components, signal } = watch;
  const onTrouble = (error: KhaError | null) => error && trouble(watch, error);
  await Promise.all([
    repeat(healthEveryMs, signal, () => lookAtHealth(watch)),
    watchEvents(watch, onTrouble),
    ...components.map((component) =>
      watchLock({
        ...watch,
        component,
        onTrouble,
        onLock({ kind, change, record, resourceVersion, arrivedMs }) {
          const lock = { kind, namespace: lockNamespace, name: component };
          const seen = { kind: 'lock', component, lock, change, record, resourceVersion } as const;
          say(watch, api.master, seen, { atMs: arrivedMs });
          watch.news.tell(seen, arrivedMs);
        },
      }),
    ),
  ]);
}

async function lookAtHealth(watch: ClusterWatch): Promise<void> {
  const { api } = watch;
  const { ready, version, detail } = await askHealth(api);
  say(watch, api.master, { kind: 'api', ready, version, detail });
  if (!ready) return;
  try {
    say(watch, api.master, { kind: 'endpoints', addresses: await askKubernetesEndpoints(api) });
  } catch (error) {
    if (!(error instanceof KhaError)) throw error;
    trouble(watch, error);
  }
}

function watchEvents(watch: ClusterWatch, onTrouble: (error: KhaError | null) => void): Promise<void> {
  return keepInView<LeaderElectionEvent>({
    ...watch,
    path: `/api/v1/namespaces/${lockNamespace}/events`,
    fieldSelector: 'reason=LeaderElection',
    onTrouble,
    onObject(event, change, arrivedMs) {
      if (change === 'deleted' || event.reason !== 'LeaderElection') return;
      const { kind = '', name = '' } = event.involvedObject ?? {};
      const object = `${kind.toLowerCase()}/${name}`;
      const message = event.message ?? '';
      const seen = {
        kind: 'event',
        component: name,
        object,
        message,
        time: event.lastTimestamp ?? null,
      } as const;
      say(watch, watch.api.master, seen, { atMs: arrivedMs });
    },
  });
}

function trouble(watch: ClusterWatch, { code, message, tryThis }: KhaError): void {
  if (!watch.signal.aborted) say(watch, watch.api.master, { kind: 'problem', code, message, tryThis });
}
