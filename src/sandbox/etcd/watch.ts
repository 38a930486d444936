// Streams changes to one client: what happened since a revision, then what happens.
import { kvJson, rangeOf } from './operations.ts';
import { type Commit, type Revisions, within } from './revisions.ts';
import { type Fields, GatewayError, integer, list, truth } from './wire.ts';

export interface WatchOptions {
  readonly revisions: Revisions;
  readonly create: Fields;
  /** Writes one `result` to the client. */
  readonly send: (result: Record<string, unknown>) => void;
}

/** Starts a watch and returns what ends it. A compacted start is told in the stream and ends it. */
export function startWatch({ revisions, create, send }: WatchOptions): () => void {
  const wanted = rangeOf(create);
  const from = integer(create, 'start_revision');
  const withBefore = truth(create, 'prev_kv');
  const filters = Array.isArray(create.filters)
    ? create.filters.map(String)
    : list(create, 'filters').map(String);
  const noPut = filters.includes('NOPUT') || filters.includes('0');
  const noDelete = filters.includes('NODELETE') || filters.includes('1');

  const tell = ({ changes, revision }: Commit): void => {
    if (revision < from) return;
    const events = changes
      .filter(({ now }) => within(wanted, now.key) && !(now.version === 0 ? noDelete : noPut))
      .map(({ now, before }) => ({
        ...(now.version === 0 ? { type: 'DELETE' } : {}),
        kv: kvJson(now),
        ...(withBefore && before ? { prev_kv: kvJson(before) } : {}),
      }));
    if (events.length > 0) send({ events });
  };

  send({ created: true });
  try {
    if (from > 0) for (const commit of revisions.since(from)) tell(commit);
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    send({ canceled: true, compact_revision: String(revisions.compacted) });
    return () => undefined;
  }
  return revisions.listen(tell);
}
