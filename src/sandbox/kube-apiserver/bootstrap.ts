// What every cluster has from its first moment: its namespaces and the service `kubernetes`.
import { firstAddress } from './defaults.ts';
import { type Kind, kindsOf } from './kinds.ts';
import type { KubeObject } from './object.ts';
import { Refusal } from './refusal.ts';
import { createObject, type Writing } from './write.ts';

/** Makes what is not there yet; another API server may be doing the same. @throws Refusal when the store is down */
export async function bootstrap(writing: Writing): Promise<void> {
  const kinds = kindsOf(writing.style);
  const make = async (
    kindName: string,
    namespace: string | undefined,
    object: Omit<KubeObject, 'kind' | 'apiVersion'>,
  ) => {
    const kind = kinds.find((one) => one.kind === kindName) as Kind;
    const target = { kind, namespace, name: undefined, subresource: undefined };
    const given = { kind: kindName, apiVersion: 'v1', ...object } as KubeObject;
    await createObject(writing, target, given).catch((error: unknown) => {
      if (!(error instanceof Refusal) || error.reason !== 'AlreadyExists') throw error;
    });
  };
  // One after the other over one connection: six handshakes at once would cost more than six short waits.
  const names = [
    'default',
    'kube-system',
    'kube-public',
    ...(writing.style === '1.6' ? [] : ['kube-node-lease']),
  ];
  for (const name of names) await make('Namespace', undefined, { metadata: { name } });
  await make('ServiceAccount', 'default', { metadata: { name: 'default' } });
  await make('Service', 'default', {
    metadata: { name: 'kubernetes', labels: { component: 'apiserver', provider: 'kubernetes' } },
    spec: {
      clusterIP: firstAddress(writing.serviceRange),
      ports: [{ name: 'https', port: 443, protocol: 'TCP', targetPort: 6443 }],
      sessionAffinity: writing.style === '1.6' ? 'ClientIP' : 'None',
    },
  });
}
