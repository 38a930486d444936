// kube-proxy of the sandbox: keeps in view where services lead to and logs each change; it forwards nothing.
import { connect } from '../client/connect.ts';
import type { KubeObject } from '../client/object.ts';
import { keyOf, reflect } from '../client/reflector.ts';
import { structured } from '../klog/structured.ts';

interface Endpoints extends KubeObject {
  readonly subsets?: readonly {
    readonly addresses?: readonly { readonly ip: string }[];
    readonly ports?: readonly { readonly name?: string; readonly port: number }[];
  }[];
}

const { client, klog, style } = connect('kube-proxy', process.argv.slice(2), process.env);
const known = new Map<string, string>();

const endpoints = reflect<Endpoints>(client, {
  path: '/api/v1/endpoints',
  signal: new AbortController().signal,
  changed: () => {
    for (const object of endpoints.objects.values()) tell(object);
  },
});

/** Locks are endpoints too, without a subset: they change every two seconds and lead nowhere. */
function tell(object: Endpoints): void {
  for (const { addresses = [], ports = [] } of object.subsets ?? [])
    for (const { name = '', port } of ports) {
      const service = `${keyOf(object)}:${name}`;
      const places = addresses.map(({ ip }) => `${ip}:${port}`);
      if (known.get(service) === places.join()) continue;
      known.set(service, places.join());
      if (style === '1.6')
        klog.log('INFO', 'proxier.go:472', `Setting endpoints for "${service}" to [${places.join(' ')}]`);
      else
        klog.log('INFO', 'proxier.go:805', structured('Setting endpoints', { service, endpoints: places }));
    }
}
