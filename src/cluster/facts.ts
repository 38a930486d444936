// What else a run looks at through an API server: readiness, version, the `kubernetes` endpoints, LeaderElection events.
import { KhaError } from '../model/failure.ts';
import { type ApiServer, expectGood, simpleAnswerWithinMs } from './apiserver.ts';
import type { KubeObject } from './keep.ts';

export interface ApiHealth {
  readonly ready: boolean;
  readonly version: string | null;
  readonly detail: string | null;
  /** Why there was no answer at all; null where there was one. */
  readonly failure: KhaError | null;
}

/** Never rejects: an API server that does not answer is an answer. `/readyz` came in 1.16; older ones have `/healthz`. */
export async function askHealth(api: ApiServer): Promise<ApiHealth> {
  const ask = (path: string) => api.send('GET', path, undefined, { withinMs: simpleAnswerWithinMs });
  try {
    let { status, body } = await ask('/readyz');
    if (status === 404) ({ status, body } = await ask('/healthz'));
    const version = (await ask('/version')).body as { gitVersion?: string } | null;
    const ready = status === 200;
    const detail = ready ? null : String(body).slice(0, 200);
    return { ready, version: version?.gitVersion ?? null, detail, failure: null };
  } catch (error) {
    if (!(error instanceof KhaError)) throw error;
    return { ready: false, version: null, detail: error.message, failure: error };
  }
}

interface Endpoints extends KubeObject {
  readonly subsets?: readonly {
    readonly addresses?: readonly { readonly ip: string }[];
    readonly ports?: readonly { readonly port: number }[];
  }[];
}

/** `ip:port` of every address the `kubernetes` service leads to, sorted; none while the object is not there. */
export async function askKubernetesEndpoints(api: ApiServer): Promise<readonly string[]> {
  const answer = await api.send('GET', '/api/v1/namespaces/default/endpoints/kubernetes');
  if (answer.status === 404) return [];
  const { subsets = [] } = expectGood(api, answer) as Endpoints;
  const pairs = subsets.flatMap(({ addresses = [], ports = [] }) =>
    addresses.flatMap(({ ip }) => ports.map(({ port }) => `${ip}:${port}`)),
  );
  return pairs.sort();
}

/** An Event as far as a run cares. */
export interface LeaderElectionEvent extends KubeObject {
  readonly message?: string;
  readonly reason?: string;
  readonly involvedObject?: { readonly kind?: string; readonly name?: string };
  readonly lastTimestamp?: string | null;
}
