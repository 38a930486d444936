// The store and a real etcd answer alike: the same suite runs against both.
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createGround,
  end,
  eventually,
  freePort,
  type Ground,
  type Store,
  startStore,
} from './etcd-start.ts';

const hasEtcd = spawnSync('etcd', ['--version']).status === 0;
if (!hasEtcd) console.warn('etcd is not installed (Debian: etcd-server): the suite runs on our store alone');

const b64 = (text: string) => Buffer.from(text).toString('base64');
const text = (value: unknown) => Buffer.from(String(value), 'base64').toString();

interface Kv {
  key: string;
  value?: string;
  create_revision: string;
  mod_revision: string;
  version: string;
  lease?: string;
}

/** Opens a watch and collects its results. */
async function watch(store: Store, create: Record<string, unknown>) {
  const asked = request({
    host: '127.0.0.1',
    port: store.port,
    path: '/v3/watch',
    method: 'POST',
    ...tls(store),
  });
  const answered = once(asked, 'response');
  asked.end(JSON.stringify({ create_request: create }));
  const [response] = (await answered) as [IncomingMessage];
  const results: Array<{ events?: Array<{ type?: string; kv: Kv; prev_kv?: Kv }>; [name: string]: unknown }> =
    [];
  let rest = '';
  response.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line !== '') results.push(JSON.parse(line).result);
  });
  response.on('error', () => undefined);
  return {
    results,
    events: () => results.flatMap((result) => result.events ?? []),
    close: () => asked.destroy(),
  };
}

const tls = (store: Store) => ({
  agent: false as const,
  ca: store.agent.options.ca,
  cert: store.agent.options.cert,
  key: store.agent.options.key,
});

describe.each([
  ['our store', false],
  ['real etcd', true],
] as const)('%s', (_name, real) => {
  if (real && !hasEtcd) return it.skip('etcd is not installed');
  let ground: Ground;
  let store: Store;
  beforeAll(async () => {
    ground = createGround();
    store = await startStore({ ground, real });
  });
  afterAll(async () => {
    await end(store.child);
    store.agent.destroy();
    ground.clear();
  });
  const kv = async (call: string, body: unknown) => (await store.call(`/v3/kv/${call}`, body)).body;
  const put = (key: string, value: string, more = {}) =>
    kv('put', { key: b64(key), value: b64(value), ...more });
  const revisionOf = (body: Record<string, unknown>) =>
    Number((body.header as { revision: string }).revision);

  it('keeps values with their revisions', async () => {
    const first = revisionOf(await put('/a/1', 'one'));
    const second = revisionOf(await put('/a/1', 'uno'));
    expect(second).toBe(first + 1);
    const { kvs, count } = await kv('range', { key: b64('/a/1') });
    expect(count).toBe('1');
    expect(kvs).toEqual([
      {
        key: b64('/a/1'),
        value: b64('uno'),
        create_revision: String(first),
        mod_revision: String(second),
        version: '2',
      },
    ]);
    const old = await kv('range', { key: b64('/a/1'), revision: String(first) });
    expect(text((old.kvs as Kv[])[0]?.value)).toBe('one');
    const before = await put('/a/1', 'eins', { prev_kv: true });
    expect(text((before.prev_kv as Kv).value)).toBe('uno');
  });

  it('lists a range in key order, limited, counted, or keys alone', async () => {
    for (const name of ['c', 'a', 'b']) await put(`/list/${name}`, name);
    const range = { key: b64('/list/'), range_end: b64('/list0') };
    const all = await kv('range', range);
    expect((all.kvs as Kv[]).map(({ key }) => text(key))).toEqual(['/list/a', '/list/b', '/list/c']);
    const limited = await kv('range', { ...range, limit: '2' });
    expect(limited).toMatchObject({ more: true, count: '3' });
    expect(limited.kvs).toHaveLength(2);
    const counted = await kv('range', { ...range, count_only: true });
    expect(counted.kvs).toBeUndefined();
    expect(counted.count).toBe('3');
    const keys = await kv('range', { ...range, keys_only: true });
    expect((keys.kvs as Kv[])[0]?.value).toBeUndefined();
    const newest = await kv('range', { ...range, sort_target: 'MOD', sort_order: 'DESCEND' });
    expect(text((newest.kvs as Kv[])[0]?.key)).toBe('/list/b');
    const rest = await kv('range', { key: b64('/list/b'), range_end: b64('\0') });
    expect(text((rest.kvs as Kv[])[0]?.key)).toBe('/list/b');
  });

  it('deletes, and says what', async () => {
    await put('/gone/1', 'x');
    const answer = await kv('deleterange', { key: b64('/gone/'), range_end: b64('/gone0'), prev_kv: true });
    expect(answer.deleted).toBe('1');
    expect(text((answer.prev_kvs as Kv[])[0]?.value)).toBe('x');
    expect((await kv('range', { key: b64('/gone/1') })).kvs).toBeUndefined();
    expect((await kv('deleterange', { key: b64('/gone/1') })).deleted).toBeUndefined();
  });

  it('changes only what is still as it was seen', async () => {
    const key = b64('/txn');
    const create = (value: string) =>
      kv('txn', {
        compare: [{ key, target: 'MOD', mod_revision: '0', result: 'EQUAL' }],
        success: [{ request_put: { key, value: b64(value) } }],
        failure: [{ requestRange: { key } }],
      });
    expect(await create('first')).toMatchObject({ succeeded: true });
    const lost = await create('second');
    expect(lost.succeeded).toBeUndefined();
    const [held] = lost.responses as [{ response_range: { kvs: Kv[] } }];
    expect(text(held.response_range.kvs[0]?.value)).toBe('first');

    const compare = (fields: object) =>
      kv('txn', { compare: [{ key, ...fields }], success: [], failure: [] });
    expect(await compare({ target: 'VALUE', value: b64('first') })).toMatchObject({ succeeded: true });
    expect((await compare({ target: 'VALUE', value: b64('other') })).succeeded).toBeUndefined();
    expect(await compare({ target: 'VERSION', version: '1' })).toMatchObject({ succeeded: true });
    expect(await compare({ target: 'CREATE', create_revision: '1', result: 'GREATER' })).toMatchObject({
      succeeded: true,
    });
    expect(
      (await compare({ target: 'CREATE', create_revision: '1', result: 'LESS' })).succeeded,
    ).toBeUndefined();
  });

  it('refuses a transaction that writes a key twice', async () => {
    const request_put = { key: b64('/twice'), value: b64('x') };
    const { status, body } = await store.call('/v3/kv/txn', { success: [{ request_put }, { request_put }] });
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: 3, error: 'etcdserver: duplicate key given in txn request' });
    expect((await kv('range', { key: b64('/twice') })).kvs).toBeUndefined();
  });

  it('streams what happened since a revision and what happens', async () => {
    const start = revisionOf(await put('/watch/a', 'one'));
    await put('/elsewhere', 'x');
    const seen = await watch(store, {
      key: b64('/watch/'),
      range_end: b64('/watch0'),
      start_revision: String(start),
      prev_kv: true,
    });
    await eventually(() => (seen.events().length > 0 ? true : undefined));
    await put('/watch/a', 'two');
    await kv('deleterange', { key: b64('/watch/a') });
    const events = await eventually(() => (seen.events().length > 2 ? seen.events() : undefined));
    seen.close();
    expect(seen.results[0]).toMatchObject({ created: true });
    expect(
      events.map(({ type, kv: now, prev_kv }) => [
        type,
        text(now.value ?? ''),
        prev_kv && text(prev_kv.value),
      ]),
    ).toEqual([
      [undefined, 'one', undefined],
      [undefined, 'two', 'one'],
      ['DELETE', '', 'two'],
    ]);
    expect(events[2]?.kv.mod_revision).toBe(String(start + 3));
  });

  it('tells a watcher that its start is compacted away', async () => {
    const start = revisionOf(await put('/old', '1'));
    const now = revisionOf(await put('/old', '2'));
    await kv('compaction', { revision: String(now) });
    const seen = await watch(store, { key: b64('/old'), start_revision: String(start) });
    const ended = await eventually(() => seen.results.find(({ canceled }) => canceled));
    seen.close();
    expect(ended.compact_revision).toBe(String(now));
    const { status, body } = await store.call('/v3/kv/range', { key: b64('/old'), revision: String(start) });
    expect(status).toBe(400);
    expect(body.error).toBe('etcdserver: mvcc: required revision has been compacted');
    expect((await kv('range', { key: b64('/old') })).count).toBe('1');
  });

  it('lets a key go with its lease', async () => {
    const { body: granted } = await store.call('/v3/lease/grant', { TTL: '60' });
    expect(granted.TTL).toBe('60');
    await put('/leased', 'x', { lease: granted.ID });
    const [held] = (await kv('range', { key: b64('/leased') })).kvs as Kv[];
    expect(held?.lease).toBe(granted.ID);
    const { body: kept } = await store.call('/v3/lease/keepalive', { ID: granted.ID });
    expect(kept.result).toMatchObject({ ID: granted.ID, TTL: '60' });
    await store.call('/v3/lease/revoke', { ID: granted.ID });
    expect((await kv('range', { key: b64('/leased') })).kvs).toBeUndefined();
    const { status, body } = await store.call('/v3/kv/put', { key: b64('/x'), value: '', lease: granted.ID });
    expect(status).toBe(404);
    expect(body.error).toBe('etcdserver: requested lease not found');
  });

  it('lets a lease run out by itself', async () => {
    const { body: granted } = await store.call('/v3/lease/grant', { TTL: '1' });
    await put('/short', 'x', { lease: granted.ID });
    await eventually(async () => ((await kv('range', { key: b64('/short') })).kvs ? undefined : true));
    const { body: late } = await store.call('/v3/lease/keepalive', { ID: granted.ID });
    expect((late.result as { TTL?: string }).TTL).toBeUndefined();
  });

  it('says how it is', async () => {
    expect((await store.call('/health', undefined)).body).toMatchObject({ health: 'true' });
    expect((await store.call('/version', undefined)).body.etcdserver).toMatch(/^3\./);
    const { body } = await store.call('/v3/maintenance/status', {});
    expect(body).toMatchObject({ version: expect.stringMatching(/^3\./), leader: expect.any(String) });
  });

  it('lets nobody in without a certificate of this run', async () => {
    const asked = request({
      host: '127.0.0.1',
      port: store.port,
      path: '/health',
      agent: false,
      ca: ground.pki.ca,
    });
    asked.end();
    await expect(once(asked, 'response')).rejects.toThrow();
  });

  it('comes back with what it had after a kill', async () => {
    const dataDir = join(ground.dir, 'kept');
    const port = await freePort();
    const first = await startStore({ ground, real, dataDir, port });
    await first.call('/v3/kv/put', { key: b64('/kept'), value: b64('1') });
    const { body } = await first.call('/v3/kv/put', { key: b64('/kept'), value: b64('2') });
    await end(first.child, 'SIGKILL');
    first.agent.destroy();
    const second = await startStore({ ground, real, dataDir, port });
    try {
      const { body: found } = await second.call('/v3/kv/range', { key: b64('/kept') });
      expect((found.kvs as Kv[])[0]).toMatchObject({ value: b64('2'), version: '2' });
      expect(revisionOf(found)).toBe(revisionOf(body));
    } finally {
      await end(second.child);
      second.agent.destroy();
    }
  });
});
