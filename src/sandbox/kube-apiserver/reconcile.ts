// Keeps this API server's address in the endpoints of the service `kubernetes`, the way the chosen reconciler does.
import { kindsOf } from './kinds.ts';
import { leaseHolders, type MasterLease } from './masterlease.ts';
import { type KubeObject, listAt, textAt } from './object.ts';
import { Refusal } from './refusal.ts';
import { changeObject, createObject, type Writing } from './write.ts';

export interface Publishing {
  readonly writing: Writing;
  /** `--advertise-address`. */
  readonly address: string;
  readonly reconciler: 'master-count' | 'lease' | 'none';
  /** `--apiserver-count`. */
  readonly count: number;
  readonly lease: MasterLease;
}

/** What is published, whatever port this server really has: the tutorial's. */
const ports = [{ name: 'https', port: 6443, protocol: 'TCP' }];

/** One look, as happens at the start and then each 10 s. @throws Refusal when the store is down */
export async function publish(publishing: Publishing): Promise<void> {
  const { reconciler, address, count, lease, writing } = publishing;
  if (reconciler === 'none') return;
  if (reconciler === 'master-count') return put(publishing, (held) => byCount(held, address, count));
  await lease.renew();
  const living = await leaseHolders(writing.store);
  await put(publishing, () => sorted(living));
}

/**
 * What a clean stop does. Under `lease` the address goes at once; under `master-count` it stays, as measured on
 * real masters.
 */
export async function withdraw(publishing: Publishing): Promise<void> {
  if (publishing.reconciler !== 'lease') return;
  await publishing.lease.end();
  const living = await leaseHolders(publishing.writing.store);
  await put(publishing, () => sorted(living.filter((address) => address !== publishing.address)));
}

/** The addresses after one look of `master-count`: one's own is added, others go only when there are too many. */
export function byCount(held: readonly string[], own: string, count: number): readonly string[] {
  const addresses = sorted([...held, own]);
  while (addresses.length > Math.max(1, count)) {
    addresses.splice((addresses.indexOf(own) + 1) % addresses.length, 1);
  }
  return addresses;
}

function sorted(addresses: readonly string[]): string[] {
  const number = (address: string) => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  return [...new Set(addresses)].sort((a, b) => number(a) - number(b));
}

async function put(
  { writing }: Publishing,
  change: (held: readonly string[]) => readonly string[],
): Promise<void> {
  const now =
    writing.style === '1.6' ? {} : { labels: { 'endpointslice.kubernetes.io/skip-mirror': 'true' } };
  await upsert(writing, 'Endpoints', now, (endpoints) => {
    const held = listAt(endpoints, 'subsets').flatMap((subset) => listAt(subset, 'addresses'));
    const addresses = change(held.map((one) => textAt(one, 'ip')));
    return {
      ...endpoints,
      subsets: addresses.length === 0 ? [] : [{ addresses: addresses.map((ip) => ({ ip })), ports }],
    };
  });
  if (writing.style === '1.6') return;
  await upsert(
    writing,
    'EndpointSlice',
    { labels: { 'kubernetes.io/service-name': 'kubernetes' } },
    (slice) => {
      const held = listAt(slice, 'endpoints').flatMap((endpoint) =>
        listAt(endpoint, 'addresses').map(String),
      );
      const endpoints = change(held).map((address) => ({
        addresses: [address],
        conditions: { ready: true },
      }));
      return { ...slice, addressType: 'IPv4', endpoints, ports };
    },
  );
}

async function upsert(
  writing: Writing,
  kindName: string,
  metadata: object,
  change: (object: KubeObject) => KubeObject,
): Promise<void> {
  const kind = kindsOf(writing.style).find((one) => one.kind === kindName);
  if (!kind) return;
  const target = { kind, namespace: 'default', name: 'kubernetes', subresource: undefined };
  for (;;) {
    try {
      await changeObject(writing, target, change);
      return;
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 404) throw error;
    }
    const empty = { kind: kindName, apiVersion: 'v1', metadata: { name: 'kubernetes', ...metadata } };
    try {
      await createObject(writing, target, change(empty));
      return;
    } catch (error) {
      // Another API server was first: then change what it made.
      if (!(error instanceof Refusal) || error.reason !== 'AlreadyExists') throw error;
    }
  }
}
