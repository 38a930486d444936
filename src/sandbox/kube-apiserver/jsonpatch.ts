// JSON patch, RFC 6902.
import { isDeepStrictEqual } from 'node:util';
import { isMap } from './object.ts';
import { badRequest, Refusal } from './refusal.ts';

interface Operation {
  readonly op: string;
  readonly path: string;
  readonly from?: string;
  readonly value?: unknown;
}

/** @throws Refusal 400 when it is no patch, 422 when it does not fit. */
export function applyJsonPatch(document: unknown, patch: unknown): unknown {
  if (!Array.isArray(patch)) throw badRequest('a JSON patch is a list of operations');
  // One root above the document, so that the document itself can be replaced.
  const root = { document: structuredClone(document) };
  for (const operation of patch as Operation[]) run(root, operation);
  return root.document;
}

function run(root: object, { op, path, from, value }: Operation): void {
  switch (op) {
    case 'add':
      add(root, path, value);
      break;
    case 'remove':
      take(root, path);
      break;
    case 'replace':
      take(root, path);
      add(root, path, value);
      break;
    case 'move':
      add(root, path, take(root, from ?? ''));
      break;
    case 'copy':
      add(root, path, structuredClone(look(root, from ?? '')));
      break;
    case 'test':
      if (!isDeepStrictEqual(look(root, path), value)) throw unfit(`testing value ${path} failed`);
      break;
    default:
      throw badRequest(`unexpected kind of operation: ${op}`);
  }
}

const unfit = (message: string) =>
  new Refusal({ code: 422, reason: 'Invalid', message: `the server rejected our request: ${message}` });

const namesOf = (path: string): string[] =>
  `/document${path}`
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));

function parentOf(root: object, path: string): { parent: unknown; name: string } {
  const names = namesOf(path);
  const name = names.pop() ?? '';
  let parent: unknown = root;
  for (const step of names)
    parent = Array.isArray(parent) ? parent[Number(step)] : isMap(parent) ? parent[step] : undefined;
  return { parent, name };
}

function add(root: object, path: string, value: unknown): void {
  const { parent, name } = parentOf(root, path);
  if (Array.isArray(parent)) {
    const index = name === '-' ? parent.length : Number(name);
    if (!(index >= 0 && index <= parent.length)) throw unfit(`add operation does not apply: ${path}`);
    parent.splice(index, 0, value);
  } else if (isMap(parent)) parent[name] = value;
  else throw unfit(`add operation does not apply: doc is missing path: ${path}`);
}

function look(root: object, path: string): unknown {
  const { parent, name } = parentOf(root, path);
  if (Array.isArray(parent) && Number(name) < parent.length) return parent[Number(name)];
  if (isMap(parent) && Object.hasOwn(parent, name)) return parent[name];
  throw unfit(`doc is missing path: ${path}`);
}

function take(root: object, path: string): unknown {
  const value = look(root, path);
  const { parent, name } = parentOf(root, path);
  if (Array.isArray(parent)) parent.splice(Number(name), 1);
  else if (isMap(parent)) delete parent[name];
  return value;
}
