// What kubectl shows of each kind: the columns of its table and how a cell is read off an object.
import { ageOf } from './ages.ts';
import { endpointsCell, portNumbersCell, portsCell, sliceAddressesCell } from './networkcells.ts';
import { nodeAddress, nodeRoles, nodeStatus } from './nodecells.ts';
import { at, isMap, type KubeObject, listAt, textAt } from './object.ts';
import { podReady, podRestarts, podStatus } from './podcells.ts';
import type { Style } from './style.ts';

export interface Column {
  readonly name: string;
  /** Shown only by `-o wide`. */
  readonly wide?: true;
  readonly type?: 'integer';
  readonly cell: (object: KubeObject, now: number) => string | number;
}

const orNone = (text: string): string => (text === '' ? '<none>' : text);
const field = (name: string, path: string): Column => ({
  name,
  cell: (object) => orNone(textAt(object, path)),
});
const wide = (column: Column): Column => ({ ...column, wide: true });

const name: Column = { name: 'Name', cell: ({ metadata }) => metadata.name };
const age: Column = { name: 'Age', cell: ({ metadata }, now) => ageOf(metadata.creationTimestamp, now) };
const size = (path: string) => (object: KubeObject) => Object.keys(at(object, path) ?? {}).length;
const number = (path: string) => (object: KubeObject) => Number(textAt(object, path) || 0);
const pairs = (path: string) => (object: KubeObject) => {
  const map = at(object, path);
  return orNone(
    isMap(map)
      ? Object.entries(map)
          .map(([key, value]) => `${key}=${value}`)
          .join(',')
      : '',
  );
};

const pod: readonly Column[] = [
  name,
  { name: 'Ready', cell: podReady },
  { name: 'Status', cell: podStatus },
  { name: 'Restarts', cell: podRestarts },
  age,
  wide(field('IP', 'status.podIP')),
  wide(field('Node', 'spec.nodeName')),
  wide(field('Nominated Node', 'status.nominatedNodeName')),
  wide({ name: 'Readiness Gates', cell: () => '<none>' }),
];

const serviceAddresses: readonly Column[] = [
  field('Cluster-IP', 'spec.clusterIP'),
  { name: 'External-IP', cell: (object) => orNone(textAt(object, 'spec.externalName')) },
  { name: 'Port(s)', cell: portsCell },
  age,
  wide({ name: 'Selector', cell: pairs('spec.selector') }),
];

const node: readonly Column[] = [
  name,
  { name: 'Status', cell: nodeStatus },
  { name: 'Roles', cell: nodeRoles },
  age,
  field('Version', 'status.nodeInfo.kubeletVersion'),
  wide({ name: 'Internal-IP', cell: nodeAddress('InternalIP') }),
  wide({ name: 'External-IP', cell: nodeAddress('ExternalIP') }),
  wide(field('OS-Image', 'status.nodeInfo.osImage')),
  wide(field('Kernel-Version', 'status.nodeInfo.kernelVersion')),
  wide(field('Container-Runtime', 'status.nodeInfo.containerRuntimeVersion')),
];

const lastSeen = (event: KubeObject): unknown =>
  at(event, 'series.lastObservedTime') ??
  at(event, 'lastTimestamp') ??
  at(event, 'eventTime') ??
  event.metadata.creationTimestamp;
const firstSeen = (event: KubeObject): unknown =>
  at(event, 'firstTimestamp') ?? at(event, 'eventTime') ?? event.metadata.creationTimestamp;
const count: Column = {
  name: 'Count',
  type: 'integer',
  cell: (event) => Number(textAt(event, 'series.count') || textAt(event, 'count') || 1),
};
const source: Column = {
  name: 'Source',
  cell: (event) =>
    [
      textAt(event, 'source.component') || textAt(event, 'reportingComponent'),
      textAt(event, 'source.host') || textAt(event, 'reportingInstance'),
    ]
      .filter((part) => part !== '')
      .join(', '),
};
const text = (title: string, path: string): Column => ({
  name: title,
  cell: (object) => textAt(object, path),
});
const message: Column = { name: 'Message', cell: (event) => textAt(event, 'message').trim() };
const seen = (title: string, when: (event: KubeObject) => unknown): Column => ({
  name: title,
  cell: (event, now) => ageOf(when(event), now),
});

const events: readonly Column[] = [
  seen('Last Seen', lastSeen),
  text('Type', 'type'),
  text('Reason', 'reason'),
  {
    name: 'Object',
    cell: (event) =>
      [textAt(event, 'involvedObject.kind').toLowerCase(), textAt(event, 'involvedObject.name')]
        .filter((part) => part !== '')
        .join('/'),
  },
  wide(text('Subobject', 'involvedObject.fieldPath')),
  wide(source),
  message,
  wide(seen('First Seen', firstSeen)),
  wide(count),
  wide(name),
];

const current: Readonly<Record<string, readonly Column[]>> = {
  ConfigMap: [
    name,
    { name: 'Data', type: 'integer', cell: (map) => size('data')(map) + size('binaryData')(map) },
    age,
  ],
  Endpoints: [name, { name: 'Endpoints', cell: endpointsCell }, age],
  EndpointSlice: [
    name,
    text('AddressType', 'addressType'),
    { name: 'Ports', cell: portNumbersCell },
    { name: 'Endpoints', cell: sliceAddressesCell },
    age,
  ],
  Event: events,
  Lease: [name, text('Holder', 'spec.holderIdentity'), age],
  Namespace: [name, text('Status', 'status.phase'), age],
  Node: node,
  Pod: pod,
  ReplicationController: [
    name,
    { name: 'Desired', type: 'integer', cell: number('spec.replicas') },
    { name: 'Current', type: 'integer', cell: number('status.replicas') },
    { name: 'Ready', type: 'integer', cell: number('status.readyReplicas') },
    age,
    wide({ name: 'Selector', cell: pairs('spec.selector') }),
  ],
  Service: [name, field('Type', 'spec.type'), ...serviceAddresses],
  ServiceAccount: [
    name,
    { name: 'Secrets', type: 'integer', cell: (account) => listAt(account, 'secrets').length },
    age,
  ],
};

/** As the tutorial shows them. */
const sixth: Readonly<Record<string, readonly Column[]>> = {
  Service: [name, ...serviceAddresses],
  Node: node.filter((column) => !['Roles', 'Internal-IP', 'Container-Runtime'].includes(column.name)),
  Event: [
    seen('LastSeen', lastSeen),
    seen('FirstSeen', firstSeen),
    count,
    text('Name', 'involvedObject.name'),
    text('Kind', 'involvedObject.kind'),
    text('SubObject', 'involvedObject.fieldPath'),
    text('Type', 'type'),
    text('Reason', 'reason'),
    source,
    message,
  ],
};

export function columnsOf(kind: string, style: Style): readonly Column[] {
  return (style === '1.6' ? sixth[kind] : undefined) ?? current[kind] ?? [name, age];
}
