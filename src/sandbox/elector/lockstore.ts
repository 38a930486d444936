// Performs the elector's requests on the lock's object at the API server.
import type { Answer, LockRequest } from '../../model/electionturn.ts';
import { type ApiClient, ApiError } from '../client/client.ts';
import type { KubeObject } from '../client/object.ts';
import type { LockForm } from './lockobject.ts';

export interface LockStore {
  /** Never rejects. An aborted request is answered too, late; nobody waits for it. */
  perform(request: LockRequest, signal: AbortSignal): Promise<Answer>;
  /** The object as last read or written, for events about it. */
  latest(): KubeObject | null;
}

export function createLockStore({
  client,
  form,
  name,
  advertised,
}: {
  readonly client: ApiClient;
  readonly form: LockForm;
  readonly name: string;
  /** The API server's URL as errors name it. */
  readonly advertised: string;
}): LockStore {
  let held: KubeObject | null = null;
  const path = `${form.collection}/${name}`;
  const send = async (request: LockRequest, signal: AbortSignal): Promise<KubeObject> => {
    if (request.verb === 'get') return client.send({ method: 'GET', path, signal });
    if (request.verb === 'create') {
      const body = form.write(request.record, { name, namespace: 'kube-system' });
      return client.send({ method: 'POST', path: form.collection, body, signal });
    }
    const metadata = { ...(held?.metadata ?? { name, namespace: 'kube-system' }) };
    const body = form.write(request.record, { ...metadata, resourceVersion: request.resourceVersion });
    return client.send({ method: 'PUT', path, body, signal });
  };
  return {
    latest: () => held,
    async perform(request, signal) {
      try {
        const object = await send(request, signal);
        held = object;
        const resourceVersion = object.metadata.resourceVersion ?? '';
        const record = request.verb === 'get' ? form.read(object) : null;
        return record ? { is: 'found', record, resourceVersion } : { is: 'written', resourceVersion };
      } catch (error) {
        const reason =
          error instanceof ApiError ? error.message : networkReason(error, request, `${advertised}${path}`);
        return error instanceof ApiError && error.status === 404
          ? { is: 'notFound', reason }
          : { is: 'failed', reason };
      }
    },
  };
}

const verbs = { get: 'Get', create: 'Post', update: 'Put' } as const;

/** As Go words it: `Get "https://…": dial tcp 127.0.0.1:6443: connect: connection refused`. */
function networkReason(error: unknown, { verb }: LockRequest, url: string): string {
  const { code, message, address, port } = error as NodeJS.ErrnoException & {
    address?: string;
    port?: number;
  };
  const dial = `dial tcp ${address}:${port}: connect: `;
  const what: Readonly<Record<string, string>> = {
    ECONNREFUSED: `${dial}connection refused`,
    ECONNRESET: 'read: connection reset by peer',
    EPIPE: 'write: broken pipe',
    ABORT_ERR: 'context canceled',
  };
  return `${verbs[verb]} "${url}": ${what[code ?? ''] ?? message}`;
}
