// The inventory's keys in words, read off the schema that the program reads inventories by.
import { inventoryJsonSchema } from '../../inventory/schema.ts';
import type { Entry, Topic } from './topic.ts';

interface Shape {
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly items?: Shape;
  readonly additionalProperties?: Shape | boolean;
  readonly anyOf?: readonly Shape[];
}

const example = `masters:
  - name: kuberm
    ssh: { host: 172.16.155.158, user: root, identityFile: ~/.ssh/id }
    api: { host: 172.16.155.158, port: 6443 }
  - name: kuberm2
    ssh: kuberm2
ssh: { strictHostKeyChecking: ask }
sudo: auto
cluster: { kubeconfig: ~/.kube/config, context: lab }
components:
  kube-scheduler: { unit: kube-scheduler.service, logs: journal }
`;

export function inventory(): Topic {
  return {
    title: 'Inventory',
    says: [
      'kha-lab.yaml says which masters there are and how they are reached; kha-lab init writes one. It is looked for in the working folder, or where --inventory says.',
      'Only masters with a name and a way to reach them must be there. A string after ssh: is a host of your ssh_config. Relative paths count from the file.',
    ],
    example,
    entries: entriesOf('', inventoryJsonSchema() as Shape),
  };
}

function entriesOf(path: string, shape: Shape): readonly Entry[] {
  const inner = [shape, ...(shape.anyOf ?? [])];
  const own = Object.assign({}, ...inner.map(({ properties }) => properties)) as Record<string, Shape>;
  const known = Object.entries(own)
    .filter(([key]) => key !== '$schema')
    .flatMap(([key, child]) => told(path === '' ? key : `${path}.${key}`, child));
  const named = inner.flatMap(({ additionalProperties: each }) =>
    typeof each === 'object' ? entriesOf(`${path}.NAME`, each) : [],
  );
  const listed = shape.items?.properties ? entriesOf(`${path}[]`, shape.items) : [];
  return [...known, ...named, ...listed];
}

function told(path: string, shape: Shape): readonly Entry[] {
  const parts = [
    shape.description,
    shape.enum && `one of ${shape.enum.join(', ')}`,
    shape.default !== undefined && `default: ${shape.default}`,
  ].filter((part) => typeof part === 'string');
  return [...(parts.length > 0 ? [{ term: path, means: parts.join('; ') }] : []), ...entriesOf(path, shape)];
}
