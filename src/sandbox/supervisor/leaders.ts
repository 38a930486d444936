// Waits until an API server serves, and until a component has a leader as its lock's record says it.
import { setTimeout as pause } from 'node:timers/promises';
import type { ApiClient } from './api.ts';

const annotation = 'control-plane.alpha.kubernetes.io/leader';

/** A component that looks before its API server serves looks again only a retry period later. */
export async function awaitServing(api: ApiClient, giveUp: AbortSignal, path = '/healthz'): Promise<void> {
  for (;;) {
    const answer = await api.ask(path, { signal: giveUp }).catch(() => null);
    if (answer?.status === 200) return;
    await pause(15, undefined, { signal: giveUp });
  }
}

/** Resolves to the holder as written. Rejects when `giveUp` aborts. */
export async function awaitLeader(
  api: ApiClient,
  component: string,
  options: { readonly lock: 'endpoints' | 'leases'; readonly giveUp: AbortSignal },
): Promise<string> {
  const path =
    options.lock === 'leases'
      ? `/apis/coordination.k8s.io/v1/namespaces/kube-system/leases/${component}`
      : `/api/v1/namespaces/kube-system/endpoints/${component}`;
  for (;;) {
    // While the API server loads it refuses connections: that is no leader yet.
    const answer = await api.ask(path, { signal: options.giveUp }).catch(() => null);
    const holder = answer?.status === 200 ? holderOf(answer.text) : '';
    if (holder !== '') return holder;
    await pause(15, undefined, { signal: options.giveUp });
  }
}

function holderOf(text: string): string {
  const object = JSON.parse(text);
  const record = object.metadata?.annotations?.[annotation];
  const holder = record === undefined ? object.spec?.holderIdentity : JSON.parse(record).holderIdentity;
  return typeof holder === 'string' ? holder : '';
}
