// An event's two forms: the core group's, which is kept, and that of events.k8s.io.
import type { Kind } from './kinds.ts';
import { isMap, type KubeObject } from './object.ts';

const isNewer = (kind: Kind): boolean => kind.group === 'events.k8s.io';

/** Names of the same field: core group, events.k8s.io. */
const pairs = [
  ['involvedObject', 'regarding'],
  ['message', 'note'],
  ['source', 'deprecatedSource'],
  ['firstTimestamp', 'deprecatedFirstTimestamp'],
  ['lastTimestamp', 'deprecatedLastTimestamp'],
  ['count', 'deprecatedCount'],
  ['reportingComponent', 'reportingController'],
] as const;

/** The object as `kind` shows it. */
export function shown(kind: Kind, object: KubeObject): KubeObject {
  if (!isNewer(kind)) return object;
  return renamed(
    object,
    'events.k8s.io/v1',
    pairs.map(([core, newer]) => [core, newer]),
  );
}

/** The object as it is kept, given as `kind`. */
export function kept(kind: Kind, object: KubeObject): KubeObject {
  if (!isNewer(kind)) return object;
  const event = renamed(
    object,
    'v1',
    pairs.map(([core, newer]) => [newer, core]),
  );
  return { source: {}, firstTimestamp: null, lastTimestamp: null, ...event };
}

function renamed(
  object: KubeObject,
  apiVersion: string,
  names: ReadonlyArray<readonly [string, string]>,
): KubeObject {
  const table = new Map(names);
  const fields = Object.entries(object).map(([name, value]) => [table.get(name) ?? name, value] as const);
  const { kind, apiVersion: _, metadata, ...rest } = Object.fromEntries(fields);
  return {
    kind: String(kind),
    apiVersion,
    metadata: isMap(metadata) ? (metadata as KubeObject['metadata']) : { name: '' },
    ...rest,
  };
}
