// The resources the sandbox's kubectl knows, by the names people type.
import { Refusal } from '../../systemd/refusal.ts';

export interface Resource {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly singular: string;
  readonly short: readonly string[];
  readonly namespaced: boolean;
}

const core = { group: '', version: 'v1', namespaced: true, short: [] } as const;

const known: readonly Resource[] = [
  { ...core, plural: 'services', singular: 'service', short: ['svc'] },
  { ...core, plural: 'endpoints', singular: 'endpoints', short: ['ep'] },
  { ...core, plural: 'pods', singular: 'pod', short: ['po'] },
  { ...core, plural: 'replicationcontrollers', singular: 'replicationcontroller', short: ['rc'] },
  { ...core, plural: 'configmaps', singular: 'configmap', short: ['cm'] },
  { ...core, plural: 'events', singular: 'event', short: ['ev'] },
  { ...core, plural: 'serviceaccounts', singular: 'serviceaccount', short: ['sa'] },
  { ...core, plural: 'nodes', singular: 'node', short: ['no'], namespaced: false },
  { ...core, plural: 'namespaces', singular: 'namespace', short: ['ns'], namespaced: false },
  { ...core, plural: 'leases', singular: 'lease', group: 'coordination.k8s.io' },
  { ...core, plural: 'endpointslices', singular: 'endpointslice', group: 'discovery.k8s.io' },
];

export function resourceOf(word: string): Resource {
  const name = word.toLowerCase().split('.')[0] ?? '';
  const found = known.find(
    ({ plural, singular, short }) => plural === name || singular === name || short.includes(name),
  );
  if (!found) throw new Refusal(`error: the server doesn't have a resource type "${word}"`);
  return found;
}

/** `namespace` null: all of them. */
export function pathOf(
  { group, version, plural, namespaced }: Resource,
  { namespace, name }: { readonly namespace: string | null; readonly name?: string },
): string {
  const base = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
  const inside = namespaced && namespace !== null ? `/namespaces/${encodeURIComponent(namespace)}` : '';
  return `${base}${inside}/${plural}${name === undefined ? '' : `/${encodeURIComponent(name)}`}`;
}
