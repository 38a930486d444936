// What this API server says it serves.
import { apiVersionOf, type Kind } from './kinds.ts';

const verbs = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];

const groupNames = (kinds: readonly Kind[]): readonly string[] => [
  ...new Set(kinds.map(({ group }) => group).filter((group) => group !== '')),
  'authentication.k8s.io',
  'authorization.k8s.io',
];

const group = (name: string) => {
  const version = { groupVersion: `${name}/v1`, version: 'v1' };
  return { name, versions: [version], preferredVersion: version };
};

/** The answer to `/api`, `/apis` and what lies one or two steps below; undefined for anything else. */
export function discover(path: string, kinds: readonly Kind[], address: string): object | undefined {
  const parts = path.split('/').filter((part) => part !== '');
  const [root, ...rest] = parts;
  if (root === 'api' && rest.length === 0) {
    const serverAddressByClientCIDRs = [{ clientCIDR: '0.0.0.0/0', serverAddress: `${address}:6443` }];
    return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs };
  }
  if (root === 'api' && rest.length === 1 && rest[0] === 'v1') return resources('v1', kinds);
  if (root !== 'apis') return undefined;
  const names = groupNames(kinds);
  if (rest.length === 0) return { kind: 'APIGroupList', apiVersion: 'v1', groups: names.map(group) };
  const [name = '', version] = rest;
  if (!names.includes(name) || rest.length > 2) return undefined;
  if (version === undefined) return { kind: 'APIGroup', apiVersion: 'v1', ...group(name) };
  return version === 'v1' ? resources(`${name}/v1`, kinds) : undefined;
}

function resources(groupVersion: string, kinds: readonly Kind[]) {
  const here = kinds.filter((kind) => apiVersionOf(kind) === groupVersion);
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion,
    resources: [...here.flatMap(resource), ...(reviews[groupVersion] ?? [])],
  };
}

function resource(kind: Kind) {
  const { plural, singular, namespaced, shortNames, categories } = kind;
  const main = {
    name: plural,
    singularName: singular,
    namespaced,
    kind: kind.kind,
    verbs,
    ...(shortNames.length > 0 ? { shortNames } : {}),
    ...(categories.length > 0 ? { categories } : {}),
  };
  const below = kind.subresources.map((name) => ({
    name: `${plural}/${name}`,
    singularName: '',
    namespaced,
    kind: { binding: 'Binding', eviction: 'Eviction' }[name] ?? kind.kind,
    verbs: name === 'binding' || name === 'eviction' ? ['create'] : ['get', 'patch', 'update'],
  }));
  return [main, ...below];
}

const review = (name: string, kind: string) => ({
  name,
  singularName: kind.toLowerCase(),
  namespaced: false,
  kind,
  verbs: ['create'],
});

const reviews: Readonly<Record<string, readonly object[]>> = {
  'authentication.k8s.io/v1': [review('selfsubjectreviews', 'SelfSubjectReview')],
  'authorization.k8s.io/v1': [review('selfsubjectaccessreviews', 'SelfSubjectAccessReview')],
};
