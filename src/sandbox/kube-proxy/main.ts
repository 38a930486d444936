// kube-proxy of the sandbox: keeps in view where services lead to, and carries the clients of `kubernetes` there.
import { connect } from '../client/connect.ts';
import type { KubeObject } from '../client/object.ts';
import { keyOf, reflect } from '../client/reflector.ts';
import { structured } from '../klog/structured.ts';
import { Affinity } from './affinity.ts';
import { forward } from './forwarder.ts';

interface Endpoints extends KubeObject {
  readonly subsets?: readonly {
    readonly addresses?: readonly { readonly ip: string }[];
    readonly ports?: readonly { readonly name?: string; readonly port: number }[];
  }[];
}

interface Service extends KubeObject {
  readonly spec?: { readonly sessionAffinity?: string };
}

const own = 'default/kubernetes';

const { client, klog, style } = connect('kube-proxy', process.argv.slice(2), process.env);
const known = new Map<string, readonly string[]>();
const { signal } = new AbortController();

const endpoints = reflect<Endpoints>(client, {
  path: '/api/v1/endpoints',
  signal,
  changed: () => {
    for (const object of endpoints.objects.values()) tell(object);
  },
});
const services = reflect<Service>(client, { path: '/api/v1/services', signal, changed: () => undefined });

const places = JSON.parse(process.env.KHA_SANDBOX_PLACES ?? '{}') as Readonly<Record<string, number>>;
const port = Number(process.env.KHA_SANDBOX_SERVICE ?? 0);
const affinity = new Affinity();
if (port > 0) forward({ port, choose });

/** Where this connection to the service `kubernetes` goes. */
function choose(from: string): number | null {
  const endpoint = affinity.choose({
    client: from,
    endpoints: known.get(`${own}:https`) ?? [],
    sticky: services.objects.get(own)?.spec?.sessionAffinity === 'ClientIP',
    nowMs: performance.now(),
  });
  return endpoint === null ? null : (places[endpoint] ?? null);
}

/** Locks are endpoints too, without a subset: they change every two seconds and lead nowhere. */
function tell(object: Endpoints): void {
  for (const { addresses = [], ports = [] } of object.subsets ?? [])
    for (const { name = '', port: number } of ports) {
      const service = `${keyOf(object)}:${name}`;
      const list = addresses.map(({ ip }) => `${ip}:${number}`);
      if (known.get(service)?.join() === list.join()) continue;
      known.set(service, list);
      if (style === '1.6')
        klog.log('INFO', 'proxier.go:472', `Setting endpoints for "${service}" to [${list.join(' ')}]`);
      else klog.log('INFO', 'proxier.go:805', structured('Setting endpoints', { service, endpoints: list }));
    }
}
