// As much of OpenAPI v3 as kubectl needs before it creates, applies, edits or explains.
import { apiVersionOf, type Kind, pathOf } from './kinds.ts';
import { type Field, schemaFields } from './schemas.ts';

const root = (groupVersion: string): string =>
  `${groupVersion.includes('/') ? 'apis' : 'api'}/${groupVersion}`;

/** The index at `/openapi/v3`, or one group version's document below it; undefined for anything else. */
export function openapi(path: string, kinds: readonly Kind[]): object | undefined {
  const groupVersions = [...new Set(kinds.map(apiVersionOf))];
  if (path === '/openapi/v3') {
    const index = groupVersions.map((one) => [root(one), { serverRelativeURL: `/openapi/v3/${root(one)}` }]);
    return { paths: Object.fromEntries(index) };
  }
  const groupVersion = groupVersions.find((one) => path === `/openapi/v3/${root(one)}`);
  if (groupVersion === undefined) return undefined;
  const here = kinds.filter((kind) => apiVersionOf(kind) === groupVersion);
  return {
    openapi: '3.0.0',
    info: { title: 'kha-lab sandbox', version: 'v1' },
    paths: Object.fromEntries(here.map((kind) => [pathOf(kind, '{namespace}', '{name}'), operations(kind)])),
    components: {
      schemas: Object.fromEntries(here.map((kind) => [schemaName(kind), schema(kind)])),
    },
  };
}

const gvk = ({ group, version, kind }: Kind) => ({ group, version, kind });
const schemaName = ({ group, version, kind }: Kind): string =>
  `io.k8s.api.${group || 'core'}.${version}.${kind}`;

function operations(kind: Kind) {
  // What kubectl looks for to learn that the server itself checks fields and answers dry runs.
  const parameters = ['dryRun', 'fieldManager', 'fieldValidation', 'force'].map((name) => ({
    name,
    in: 'query',
    schema: { type: 'string', uniqueItems: true },
  }));
  const action = (name: string) => ({
    'x-kubernetes-action': name,
    'x-kubernetes-group-version-kind': gvk(kind),
    responses: {},
  });
  return { get: action('get'), patch: { ...action('patch'), parameters } };
}

function schema(kind: Kind) {
  const { description, fields } = schemaFields(kind.kind);
  return { ...objectSchema(description, fields), 'x-kubernetes-group-version-kind': [gvk(kind)] };
}

function objectSchema(description: string, fields: readonly Field[]): object {
  const properties = Object.fromEntries(fields.map((field) => [field.name, fieldSchema(field)]));
  return { type: 'object', description, properties };
}

function fieldSchema({ description, type, fields }: Field): object {
  const inner = fields
    ? objectSchema(description, fields)
    : { type: type.replace(/^list of |^map of /, ''), description };
  if (type.startsWith('list of ')) return { type: 'array', description, items: inner };
  if (type.startsWith('map of ')) return { type: 'object', description, additionalProperties: inner };
  return inner;
}
