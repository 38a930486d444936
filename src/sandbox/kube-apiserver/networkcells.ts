// Cells that speak of addresses and ports.
import { type KubeObject, listAt, textAt } from './object.ts';

/** `443/TCP,8080:30080/TCP`. */
export function portsCell(service: KubeObject): string {
  const ports = listAt(service, 'spec.ports').map((port) => {
    const nodePort = textAt(port, 'nodePort');
    return `${textAt(port, 'port')}${nodePort === '' ? '' : `:${nodePort}`}/${textAt(port, 'protocol')}`;
  });
  return ports.length === 0 ? '<none>' : ports.join(',');
}

/** At most `shown` of them, then how many more. */
function some(all: readonly string[], shown = 3): string {
  if (all.length === 0) return '<none>';
  const more = all.length - shown;
  return more > 0 ? `${all.slice(0, shown).join(',')} + ${more} more...` : all.join(',');
}

/** `172.16.155.158:6443,172.16.155.165:6443`; a lock has none. */
export function endpointsCell(endpoints: KubeObject): string {
  return some(
    listAt(endpoints, 'subsets').flatMap((subset) => {
      const addresses = listAt(subset, 'addresses').map((address) => textAt(address, 'ip'));
      const ports = listAt(subset, 'ports').map((port) => textAt(port, 'port'));
      if (ports.length === 0) return addresses;
      return ports.flatMap((port) => addresses.map((ip) => `${ip}:${port}`));
    }),
  );
}

export function portNumbersCell(slice: KubeObject): string {
  const ports = listAt(slice, 'ports').map((port) => textAt(port, 'port') || '*');
  return ports.length === 0 ? '<unset>' : some(ports);
}

export function sliceAddressesCell(slice: KubeObject): string {
  const addresses = listAt(slice, 'endpoints').flatMap((endpoint) =>
    listAt(endpoint, 'addresses').map(String),
  );
  return addresses.length === 0 ? '<unset>' : some(addresses);
}
