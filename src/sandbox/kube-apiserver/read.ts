// Get and list: always from the store, so that both API servers answer alike.
import { shown } from './eventforms.ts';
import { apiVersionOf, keyOf, prefixOf } from './kinds.ts';
import type { KubeObject } from './object.ts';
import { badRequest, notFound } from './refusal.ts';
import type { Target } from './route.ts';
import { selectorOf } from './selectors.ts';
import type { Store } from './store.ts';
import { decodeObject } from './stored.ts';

/** A target with a name. */
export type Named = Target & { readonly name: string };

export interface Listing {
  readonly items: readonly KubeObject[];
  readonly revision: number;
  readonly continue: string | undefined;
  readonly remaining: number;
}

/** @throws Refusal 404 */
export async function getObject(store: Store, target: Named): Promise<KubeObject> {
  const { entry } = await store.get(keyOf(target.kind, target.namespace, target.name));
  if (!entry) throw notFound(target.kind, target.name);
  return decodeObject(entry.value, entry.revision);
}

/** Objects of a collection as the query selects them; in pages, if it asks for that and selects nothing. */
export async function listObjects(store: Store, target: Target, query: URLSearchParams): Promise<Listing> {
  const select = selectorOf(target.kind, query);
  const selecting = query.get('labelSelector') || query.get('fieldSelector');
  const limit = selecting ? 0 : Number(query.get('limit') ?? 0);
  const from = readContinue(query.get('continue'));
  const page = await store.list(prefixOf(target.kind, target.namespace), { limit, ...from });
  const revision = from.revision ?? page.revision;
  const more = limit > 0 && page.remaining > 0 ? page.entries.at(-1) : undefined;
  return {
    items: page.entries.map((entry) => decodeObject(entry.value, entry.revision)).filter(select),
    revision,
    continue: more && writeContinue({ after: more.key, revision }),
    remaining: page.remaining,
  };
}

/** The list as it is answered: items without their own kind, as the real one writes them. */
export function listAnswer({ kind }: Target, { items, revision, continue: next, remaining }: Listing) {
  return {
    kind: `${kind.kind}List`,
    apiVersion: apiVersionOf(kind),
    metadata: {
      resourceVersion: String(revision),
      ...(next === undefined ? {} : { continue: next, remainingItemCount: remaining }),
    },
    items: items.map((item) => {
      const { kind: _kind, apiVersion: _apiVersion, ...fields } = shown(kind, item);
      return fields;
    }),
  };
}

const writeContinue = (from: { after: string; revision: number }): string =>
  Buffer.from(JSON.stringify(from)).toString('base64url');

function readContinue(token: string | null): { after?: string; revision?: number } {
  if (!token) return {};
  try {
    const { after, revision } = JSON.parse(Buffer.from(token, 'base64url').toString()) as Record<
      string,
      unknown
    >;
    if (typeof after === 'string' && typeof revision === 'number') return { after, revision };
  } catch {
    // Said below.
  }
  throw badRequest('continue key is not valid');
}
