// Keeps a list of objects in view: lists, watches, and begins again whenever the watch ends.
import { setTimeout as wait } from 'node:timers/promises';
import { exits, KhaError } from '../model/failure.ts';
import type { Clock, EpochMs } from '../model/time.ts';
import { type ApiServer, expectGood } from './apiserver.ts';

export interface KubeObject {
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly resourceVersion: string;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly creationTimestamp?: string;
  };
}

export interface KeepOptions<T extends KubeObject> {
  readonly api: ApiServer;
  /** Of the collection, without a query: `/api/v1/namespaces/default/pods`. */
  readonly path: string;
  readonly fieldSelector?: string;
  readonly labelSelector?: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onObject: (object: T, change: 'initial' | 'changed' | 'deleted', arrivedMs: EpochMs) => void;
  /** Once for each time the view is lost; `null` when it is back. */
  readonly onTrouble: (error: KhaError | null) => void;
}

/** Between two tries, so that a dead API server is noticed coming back within a blink and not hammered. */
const retryMs = 500;

/** A kind that a server does not have it will not have in a second either. */
const absentMs = 15_000;

/** Runs until the signal aborts. A 404 of the whole kind counts as an empty list: old servers lack Leases. */
export async function keepInView<T extends KubeObject>(options: KeepOptions<T>): Promise<void> {
  const { signal, onTrouble } = options;
  let troubled = false;
  while (!signal.aborted) {
    try {
      const version = await list(options);
      if (troubled) onTrouble(null);
      troubled = false;
      if (version === null) await wait(absentMs, undefined, { signal }).catch(() => {});
      else await watch(options, version);
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof KhaError)) throw error;
      if (!troubled) onTrouble(error);
      troubled = true;
    }
    await wait(retryMs, undefined, { signal }).catch(() => {});
  }
}

/** The list's version; null when the server has no such kind. */
async function list<T extends KubeObject>(options: KeepOptions<T>): Promise<string | null> {
  const { api, path, clock, onObject } = options;
  const answer = await api.send('GET', `${path}?${query(options)}`);
  if (answer.status === 404) return null;
  const body = expectGood(api, answer) as Partial<List<T>> | null;
  const version = body?.metadata?.resourceVersion;
  if (version === undefined) throw noList(api.address, path);
  for (const object of body?.items ?? []) onObject(object, 'initial', clock());
  return version;
}

interface List<T> {
  readonly metadata: { readonly resourceVersion: string };
  readonly items: readonly T[] | null;
}

/** A proxy's page, for one. */
function noList(address: string, path: string): KhaError {
  return new KhaError({
    code: 'no-api',
    exit: exits.unreachable,
    message: `What answers at ${address} is no Kubernetes API: ${path} is not a list.`,
    tryThis: 'Check that the kubeconfig names an API server.',
  });
}

async function watch<T extends KubeObject>(options: KeepOptions<T>, resourceVersion: string): Promise<void> {
  const { api, path, clock, signal, onObject } = options;
  const url = `${path}?${query(options)}&watch=1&timeoutSeconds=290&resourceVersion=${resourceVersion}`;
  for await (const { type, object } of api.watch(url, signal)) {
    if (type === 'ERROR') return;
    if (type === 'BOOKMARK') continue;
    onObject(object as T, type === 'DELETED' ? 'deleted' : 'changed', clock());
  }
}

function query({ fieldSelector, labelSelector }: { fieldSelector?: string; labelSelector?: string }): string {
  const parameters = new URLSearchParams();
  if (fieldSelector) parameters.set('fieldSelector', fieldSelector);
  if (labelSelector) parameters.set('labelSelector', labelSelector);
  return parameters.toString();
}
