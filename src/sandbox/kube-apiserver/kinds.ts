// The kinds of objects this API server keeps, and where.
import type { Style } from './style.ts';

export interface Kind {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly singular: string;
  readonly kind: string;
  readonly shortNames: readonly string[];
  readonly namespaced: boolean;
  /** Of its keys, without a slash at the end: `/registry/services/endpoints`. */
  readonly prefix: string;
  readonly subresources: readonly string[];
  readonly categories: readonly string[];
  /** Whether a PUT may create: locks and endpoints are put by those who own them. */
  readonly createOnUpdate: boolean;
  /** Whether a PUT must say which version it replaces. */
  readonly mustSayVersion: boolean;
}

const plain = {
  group: '',
  version: 'v1',
  shortNames: [],
  namespaced: true,
  subresources: [],
  categories: [],
  createOnUpdate: false,
  mustSayVersion: false,
} as const;

function kind(facts: Pick<Kind, 'plural' | 'kind' | 'prefix'> & Partial<Kind>): Kind {
  return { ...plain, singular: facts.kind.toLowerCase(), ...facts };
}

const core: readonly Kind[] = [
  kind({ plural: 'configmaps', kind: 'ConfigMap', prefix: '/registry/configmaps', shortNames: ['cm'] }),
  kind({
    plural: 'endpoints',
    kind: 'Endpoints',
    prefix: '/registry/services/endpoints',
    shortNames: ['ep'],
    createOnUpdate: true,
  }),
  kind({
    plural: 'events',
    kind: 'Event',
    prefix: '/registry/events',
    shortNames: ['ev'],
    createOnUpdate: true,
  }),
  kind({
    plural: 'namespaces',
    kind: 'Namespace',
    prefix: '/registry/namespaces',
    shortNames: ['ns'],
    namespaced: false,
    subresources: ['status', 'finalize'],
  }),
  kind({
    plural: 'nodes',
    kind: 'Node',
    prefix: '/registry/minions',
    shortNames: ['no'],
    namespaced: false,
    subresources: ['status'],
  }),
  kind({
    plural: 'pods',
    kind: 'Pod',
    prefix: '/registry/pods',
    shortNames: ['po'],
    subresources: ['status', 'binding', 'eviction'],
    categories: ['all'],
  }),
  kind({
    plural: 'replicationcontrollers',
    kind: 'ReplicationController',
    prefix: '/registry/controllers',
    shortNames: ['rc'],
    subresources: ['status'],
    categories: ['all'],
  }),
  kind({
    plural: 'serviceaccounts',
    kind: 'ServiceAccount',
    prefix: '/registry/serviceaccounts',
    shortNames: ['sa'],
  }),
  kind({
    plural: 'services',
    kind: 'Service',
    prefix: '/registry/services/specs',
    shortNames: ['svc'],
    subresources: ['status'],
    categories: ['all'],
  }),
];

/** What came after 1.6. */
const later: readonly Kind[] = [
  kind({
    group: 'coordination.k8s.io',
    plural: 'leases',
    kind: 'Lease',
    prefix: '/registry/leases',
    createOnUpdate: true,
    mustSayVersion: true,
  }),
  kind({
    group: 'discovery.k8s.io',
    plural: 'endpointslices',
    kind: 'EndpointSlice',
    prefix: '/registry/endpointslices',
  }),
  // The same events as the core group's, in their newer form.
  kind({
    group: 'events.k8s.io',
    plural: 'events',
    kind: 'Event',
    prefix: '/registry/events',
    shortNames: ['ev'],
    createOnUpdate: true,
  }),
];

export function kindsOf(style: Style): readonly Kind[] {
  return style === '1.6' ? core : [...core, ...later];
}

/** `v1`, `coordination.k8s.io/v1`. */
export const apiVersionOf = ({ group, version }: Pick<Kind, 'group' | 'version'>): string =>
  group === '' ? version : `${group}/${version}`;

/** As errors name it: `pods`, `leases.coordination.k8s.io`. */
export const qualifiedName = ({ group, plural }: Kind): string =>
  group === '' ? plural : `${plural}.${group}`;

export function keyOf(kind: Kind, namespace: string | undefined, name: string): string {
  return kind.namespaced ? `${kind.prefix}/${namespace ?? ''}/${name}` : `${kind.prefix}/${name}`;
}

/** What all keys of the kind (in a namespace, if one is given) begin with. */
export function prefixOf(kind: Kind, namespace: string | undefined): string {
  return kind.namespaced && namespace !== undefined ? `${kind.prefix}/${namespace}/` : `${kind.prefix}/`;
}

/** Where the object is read: `/api/v1/namespaces/default/pods/p`. */
export function pathOf(kind: Kind, namespace: string | undefined, name: string): string {
  const root = kind.group === '' ? '/api' : '/apis';
  const place = kind.namespaced ? `/namespaces/${namespace ?? ''}` : '';
  return `${root}/${apiVersionOf(kind)}${place}/${kind.plural}/${name}`;
}
