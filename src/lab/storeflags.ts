// How etcdctl reaches the store: with what the first master's API server reaches it with, in etcdctl's own words.
import { flagsOf } from '../model/unitfile.ts';
import type { Telling } from './telling.ts';

const names = [
  { of: 'etcd-servers', v2: 'endpoints', v3: 'endpoints' },
  { of: 'etcd-cafile', v2: 'ca-file', v3: 'cacert' },
  { of: 'etcd-certfile', v2: 'cert-file', v3: 'cert' },
  { of: 'etcd-keyfile', v2: 'key-file', v3: 'key' },
] as const;

/**
 * `--endpoints=https://10.0.0.1:2379 --cacert=/etc/…`: words with a blank between them. Empty where none are needed, as in
 * the sandbox, whose etcdctl knows its one store, or where no unit says them.
 */
export function storeFlags({ story, masters }: Telling): string {
  const first = masters[0];
  const argv = first && story.scene.masters[first]?.instances['kube-apiserver']?.argv;
  if (!argv || story.scene.run?.target === 'sandbox') return '';
  const flags = flagsOf(argv);
  // Up to 1.5, and where somebody kept it, Kubernetes stores by version 2 of etcd, whose etcdctl has other flags.
  const spelt = flags.get('storage-backend') === 'etcd2' ? 'v2' : 'v3';
  return names
    .flatMap((name) => {
      const value = flags.get(name.of);
      return value === undefined ? [] : [`--${name[spelt]}=${value}`];
    })
    .join(' ');
}
