// The masters' own API servers as seen from outside the program under test: curl with the admin certificate.
import { join } from 'node:path';
import { execa } from 'execa';
import { insideNetwork } from './network.ts';
import { addressOf } from './places.ts';

export interface ApiAccess {
  readonly id: string;
  /** The folder with ca.crt, admin.crt and admin.key. */
  readonly pki: string;
}

/** What curl needs to speak to the API server of `master` as the admin, from inside the namespace. */
function curlTo({ id, pki }: ApiAccess, master: string, words: readonly string[]) {
  const file = (name: string) => join(pki, name);
  const login = ['--cacert', file('ca.crt'), '--cert', file('admin.crt'), '--key', file('admin.key')];
  const [enter, ...rest] = [...insideNetwork(id), 'curl', '--silent', '--show-error', '--fail-with-body'];
  const [path, ...options] = words;
  const url = `https://${addressOf(master)}:6443${path}`;
  return execa(enter ?? '', [...rest, '--max-time', '5', ...login, ...options, url]);
}

/** A GET of `path` that stays open, its answer shown as it comes; ends with the process, or after ten minutes. */
export function startCurl(access: ApiAccess, master: string, path: string) {
  return curlTo(access, master, [path, '--no-buffer', '--max-time', '600']);
}

/** Sends an object to `path` by `method`; throws with the server's words when it refuses. */
export async function sendJson(
  access: ApiAccess,
  master: string,
  { method, path, object }: { method: string; path: string; object: unknown },
): Promise<void> {
  const data = [
    '--request',
    method,
    '--header',
    'Content-Type: application/json',
    '--data',
    JSON.stringify(object),
  ];
  await curlTo(access, master, [path, ...data]);
}

/** POSTs an object to `path`; throws with the server's words when it refuses. */
export async function postJson(
  access: ApiAccess,
  master: string,
  { path, object }: { path: string; object: unknown },
): Promise<void> {
  const data = ['--header', 'Content-Type: application/json', '--data', JSON.stringify(object)];
  await curlTo(access, master, [path, ...data]);
}

/** GET `path` from the API server of `master`, as JSON; throws with the server's words when it refuses. */
export async function getJson(access: ApiAccess, master: string, path: string): Promise<unknown> {
  const { stdout } = await curlTo(access, master, [path]);
  return JSON.parse(stdout);
}

/** The host name of the holder of `component`'s lock, and null while nobody holds it. */
export async function holderOf(
  access: ApiAccess,
  options: { master: string; component: string; lock: 'endpoints' | 'leases' },
): Promise<string | null> {
  const { master, component, lock } = options;
  const identity = lock === 'leases' ? await leaseHolder() : await annotationHolder();
  return identity === '' ? null : identity.slice(0, identity.lastIndexOf('_'));

  async function leaseHolder(): Promise<string> {
    const path = `/apis/coordination.k8s.io/v1/namespaces/kube-system/leases/${component}`;
    const lease = (await getJson(access, master, path)) as { spec?: { holderIdentity?: string } };
    return lease.spec?.holderIdentity ?? '';
  }

  async function annotationHolder(): Promise<string> {
    const path = `/api/v1/namespaces/kube-system/endpoints/${component}`;
    const object = (await getJson(access, master, path)) as {
      metadata?: { annotations?: Record<string, string> };
    };
    const record = object.metadata?.annotations?.['control-plane.alpha.kubernetes.io/leader'] ?? '{}';
    return (JSON.parse(record) as { holderIdentity?: string }).holderIdentity ?? '';
  }
}

/** The addresses behind the `kubernetes` service, sorted. */
export async function serviceAddresses(access: ApiAccess, master: string): Promise<string[]> {
  const path = '/api/v1/namespaces/default/endpoints/kubernetes';
  const object = (await getJson(access, master, path)) as { subsets?: { addresses?: { ip: string }[] }[] };
  return (object.subsets ?? []).flatMap((subset) => (subset.addresses ?? []).map(({ ip }) => ip)).sort();
}
