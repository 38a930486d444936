// A watch of all pods past the program under test: curl, and when each piece of the elected components' work was shown.
import { createInterface } from 'node:readline';
import type { Component } from '../masters.ts';
import { type ApiAccess, startCurl } from './api.ts';

export interface PodsWatched {
  /** Each piece of work once, in the order it was shown; milliseconds since 1970 on the clock all masters share. */
  readonly seen: readonly { readonly by: Component; readonly pod: string; readonly atMs: number }[];
  stop(): Promise<void>;
}

interface Shown {
  readonly type: string;
  readonly object: {
    readonly metadata: {
      readonly uid: string;
      readonly namespace: string;
      readonly ownerReferences?: readonly object[];
    };
    readonly status?: { readonly conditions?: readonly { readonly type: string }[] };
  };
}

/** Of canaries' namespaces alone. */
export async function watchPods(access: ApiAccess, master: string): Promise<PodsWatched> {
  const seen: { by: Component; pod: string; atMs: number }[] = [];
  const known = new Set<string>();
  const note = (by: Component, pod: string, atMs: number) => {
    if (known.has(`${by} ${pod}`)) return;
    known.add(`${by} ${pod}`);
    seen.push({ by, pod, atMs });
  };
  const curl = startCurl(access, master, '/api/v1/pods?watch=1');
  const over = curl.then(
    () => {},
    () => {},
  );
  createInterface({ input: curl.stdout }).on('line', (line) => {
    const atMs = Date.now();
    const { type, object } = JSON.parse(line) as Shown;
    const { uid, namespace, ownerReferences } = object.metadata;
    if (!namespace.startsWith('kha-lab-')) return;
    if (type === 'ADDED' && ownerReferences) note('kube-controller-manager', uid, atMs);
    if (type === 'MODIFIED' && object.status?.conditions?.some((one) => one.type === 'PodScheduled'))
      note('kube-scheduler', uid, atMs);
  });
  return {
    seen,
    async stop() {
      curl.kill();
      await over;
    },
  };
}
