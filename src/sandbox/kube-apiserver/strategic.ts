// Strategic merge patch: lists of objects are merged by the key that names their members.
import { isMap } from './object.ts';

/** By the name of the list, the fields that may name a member; the first that all members have is taken. */
const mergeKeys: Readonly<Record<string, readonly string[]>> = {
  containers: ['name'],
  initContainers: ['name'],
  volumes: ['name'],
  env: ['name'],
  ports: ['containerPort', 'port'],
  volumeMounts: ['mountPath'],
  conditions: ['type'],
  addresses: ['type'],
  taints: ['key'],
  ownerReferences: ['uid'],
  imagePullSecrets: ['name'],
  secrets: ['name'],
  hostAliases: ['ip'],
  topologySpreadConstraints: ['topologyKey'],
};

const directive = (name: string): boolean => name.startsWith('$');

/** `patch` merged into `current`: null removes, maps merge, known lists merge, other lists replace. */
export function strategicMerge(current: unknown, patch: unknown): unknown {
  if (!isMap(patch)) return patch;
  const base = isMap(current) && patch.$patch !== 'replace' ? { ...current } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (name.startsWith('$deleteFromPrimitiveList/')) {
      const list = name.slice('$deleteFromPrimitiveList/'.length);
      const gone = Array.isArray(value) ? value : [];
      const held = base[list];
      if (Array.isArray(held)) base[list] = held.filter((item) => !gone.includes(item));
    } else if (directive(name)) {
    } else if (value === null) delete base[name];
    else if (Array.isArray(value)) base[name] = mergeList(name, base[name], value);
    else base[name] = strategicMerge(base[name], value);
  }
  if (Array.isArray(patch.$retainKeys)) {
    for (const name of Object.keys(base)) if (!patch.$retainKeys.includes(name)) delete base[name];
  }
  return base;
}

function mergeList(name: string, current: unknown, patch: readonly unknown[]): unknown[] {
  const held: readonly unknown[] = Array.isArray(current) ? current : [];
  if (name === 'finalizers') return [...new Set([...held, ...patch])];
  const maps = [...held, ...patch].filter(isMap);
  const key = mergeKeys[name]?.find((field) =>
    maps.every((item) => field in item || item.$patch === 'replace'),
  );
  const replaces = patch.some((item) => isMap(item) && item.$patch === 'replace');
  if (key === undefined || replaces || maps.length < held.length + patch.length) {
    return patch.filter((item) => !(isMap(item) && item.$patch === 'replace'));
  }
  const merged = [...held] as Record<string, unknown>[];
  for (const item of patch as Record<string, unknown>[]) {
    const index = merged.findIndex((other) => other[key] === item[key]);
    if (item.$patch === 'delete') {
      if (index >= 0) merged.splice(index, 1);
    } else if (index < 0) merged.push(strategicMerge({}, item) as Record<string, unknown>);
    else merged[index] = strategicMerge(merged[index], item) as Record<string, unknown>;
  }
  return merged;
}
