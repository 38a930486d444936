// What can be asked of the keys: range, put, delete, and a transaction of these.
import type { Leases } from './leases.ts';
import type { KeyRange, KeyValue, Revisions, Writer } from './revisions.ts';
import {
  base64,
  bytes,
  compact,
  type Fields,
  GatewayError,
  grpc,
  integer,
  list,
  nested,
  truth,
} from './wire.ts';

export interface Keys {
  readonly revisions: Revisions;
  readonly leases: Leases;
}

type Answer = Record<string, unknown>;

export function rangeOf(fields: Fields): KeyRange {
  const end = bytes(fields, 'range_end');
  return { key: bytes(fields, 'key'), end: end === '' ? undefined : end };
}

export function kvJson(kv: KeyValue): Answer {
  return compact({
    key: base64(kv.key),
    create_revision: kv.created,
    mod_revision: kv.modified,
    version: kv.version,
    value: kv.value,
    lease: kv.lease === '0' ? '' : kv.lease,
  });
}

export function range({ revisions }: Keys, fields: Fields): Answer {
  const all = [...revisions.range(rangeOf(fields), integer(fields, 'revision'))];
  const by = sortKey(fields);
  if (by) all.sort((a, b) => (by(a) < by(b) ? -1 : 1));
  if (fields.sort_order === 'DESCEND' || fields.sort_order === 2) all.reverse();
  const limit = integer(fields, 'limit');
  const kvs = limit > 0 ? all.slice(0, limit) : all;
  const keysOnly = truth(fields, 'keys_only');
  return compact({
    kvs: truth(fields, 'count_only') ? [] : kvs.map((kv) => kvJson(keysOnly ? { ...kv, value: '' } : kv)),
    more: kvs.length < all.length,
    count: all.length,
  });
}

function sortKey(fields: Fields): ((kv: KeyValue) => string | number) | undefined {
  const target = String(fields.sort_target ?? '');
  if (target === 'VERSION' || target === '1') return (kv) => kv.version;
  if (target === 'CREATE' || target === '2') return (kv) => kv.created;
  if (target === 'MOD' || target === '3') return (kv) => kv.modified;
  if (target === 'VALUE' || target === '4') return (kv) => Buffer.from(kv.value, 'base64').toString('latin1');
  return undefined;
}

export function put({ leases }: Keys, fields: Fields, writer: Writer): Answer {
  const key = bytes(fields, 'key');
  if (key === '') throw new GatewayError(grpc.invalidArgument, 'etcdserver: key is not provided');
  const lease = String(fields.lease ?? '0');
  leases.expect(lease);
  const before = writer.put({ key, value: String(fields.value ?? ''), lease });
  return truth(fields, 'prev_kv') && before ? { prev_kv: kvJson(before) } : {};
}

export function remove(fields: Fields, writer: Writer): Answer {
  const gone = writer.remove(rangeOf(fields));
  return compact({ deleted: gone.length, prev_kvs: truth(fields, 'prev_kv') ? gone.map(kvJson) : [] });
}

/** @throws GatewayError before anything is changed. */
export function transact(keys: Keys, fields: Fields): Answer {
  const succeeded = list(fields, 'compare').every((compare) => holds(keys.revisions, compare));
  const operations = list(fields, succeeded ? 'success' : 'failure');
  expectSound(keys, operations);
  const answers = keys.revisions.write((writer) =>
    operations.map((operation): [name: string, answer: Answer] => {
      const [toPut, toRemove] = [nested(operation, 'request_put'), nested(operation, 'request_delete_range')];
      if (toPut) return ['response_put', put(keys, toPut, writer)];
      if (toRemove) return ['response_delete_range', remove(toRemove, writer)];
      return ['response_range', range(keys, nested(operation, 'request_range') ?? {})];
    }),
  );
  const header = { revision: String(keys.revisions.revision) };
  const responses = answers.map(([name, answer]) => ({ [name]: { header, ...answer } }));
  return compact({ succeeded, responses });
}

function expectSound({ leases }: Keys, operations: readonly Fields[]): void {
  const seen = new Set<string>();
  for (const operation of operations) {
    if (nested(operation, 'request_txn')) {
      throw new GatewayError(grpc.unimplemented, 'a transaction within a transaction is not served');
    }
    const toPut = nested(operation, 'request_put');
    if (!toPut) continue;
    const key = bytes(toPut, 'key');
    if (seen.has(key)) {
      throw new GatewayError(grpc.invalidArgument, 'etcdserver: duplicate key given in txn request');
    }
    seen.add(key);
    leases.expect(String(toPut.lease ?? '0'));
  }
}

/** Whether one comparison of a transaction holds; for a range, whether it holds for each key in it. */
function holds(revisions: Revisions, compare: Fields): boolean {
  const found = revisions.range(rangeOf(compare));
  const subjects: readonly (KeyValue | undefined)[] = found.length > 0 ? found : [undefined];
  return subjects.every((kv) => {
    const [actual, wanted] = sides(compare, kv);
    if (actual === undefined || wanted === undefined) return false;
    switch (String(compare.result ?? 'EQUAL')) {
      case 'GREATER':
      case '1':
        return actual > wanted;
      case 'LESS':
      case '2':
        return actual < wanted;
      case 'NOT_EQUAL':
      case '3':
        return actual !== wanted;
      default:
        return actual === wanted;
    }
  });
}

function sides(compare: Fields, kv: KeyValue | undefined): [string | number | undefined, string | number] {
  switch (String(compare.target ?? 'VERSION')) {
    case 'CREATE':
    case '1':
      return [kv?.created ?? 0, integer(compare, 'create_revision')];
    case 'MOD':
    case '2':
      return [kv?.modified ?? 0, integer(compare, 'mod_revision')];
    case 'VALUE':
    case '3':
      // A key that is not there has no value: no comparison holds.
      return [kv && Buffer.from(kv.value, 'base64').toString('latin1'), bytes(compare, 'value')];
    case 'LEASE':
    case '4':
      return [kv?.lease ?? '0', String(compare.lease ?? '0')];
    default:
      return [kv?.version ?? 0, integer(compare, 'version')];
  }
}
