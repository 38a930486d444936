// Which object or collection a path means.
import type { Kind } from './kinds.ts';
import { noSuchPath } from './refusal.ts';

export interface Target {
  readonly kind: Kind;
  readonly namespace: string | undefined;
  readonly name: string | undefined;
  readonly subresource: string | undefined;
}

/**
 * Reads `/api/v1/…` and `/apis/GROUP/VERSION/…`.
 * @throws Refusal 404 for a path that no kind has.
 */
export function targetOf(path: string, kinds: readonly Kind[]): Target {
  const parts = path
    .split('/')
    .filter((part) => part !== '')
    .map(decodeURIComponent);
  const isCore = parts[0] === 'api';
  const [group = '', version = ''] = isCore ? ['', parts[1]] : parts.slice(1, 3);
  const rest = parts.slice(isCore ? 2 : 3);
  const find = (plural: string | undefined) =>
    kinds.find((kind) => kind.group === group && kind.version === version && kind.plural === plural);

  if (rest[0] === 'namespaces' && rest.length > 2) {
    const inside = find(rest[2]);
    if (inside?.namespaced) return target(inside, rest[1], rest.slice(3));
  }
  const kind = find(rest[0]);
  // A namespaced kind without a namespace is the collection of all namespaces.
  if (!kind || (kind.namespaced && rest.length > 1)) throw noSuchPath();
  return target(kind, undefined, rest.slice(1));
}

function target(kind: Kind, namespace: string | undefined, rest: readonly string[]): Target {
  const [name, subresource, tooMuch] = rest;
  if (tooMuch !== undefined || (subresource !== undefined && !kind.subresources.includes(subresource))) {
    throw noSuchPath();
  }
  return { kind, namespace, name, subresource };
}
