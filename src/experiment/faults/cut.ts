// The cut: the leader's host reaches no API server and no store, by a firewall chain of our own that drops just that.
import { isIP } from 'node:net';
import type { Argv } from '../../hosts/host.ts';
import { flagsOf } from '../../model/unitfile.ts';
import type { FaultDesign, FaultGround, Step } from './design.ts';
import { elected, unitsOn } from './design.ts';

export const cutChain = 'KHA-LAB-CUT';
export const rulesArgv: Argv = ['iptables', '-w', '-S', 'OUTPUT'];

/** An address and a port that components dial. */
export interface Place {
  readonly address: string;
  readonly port: number;
}

export function designCut(ground: FaultGround, unit: string): FaultDesign {
  const { fault, on, sshPort } = ground;
  const rule = (why: string, ...words: string[]): Step => ({
    on: on.name,
    argv: ['iptables', '-w', ...words],
    why,
  });
  const drops = placesOf(ground).map(({ address, port }) =>
    rule(
      `nothing more to ${address}:${port}`,
      '-A',
      cutChain,
      '-p',
      'tcp',
      '-d',
      address,
      '--dport',
      String(port),
      '-j',
      'DROP',
    ),
  );
  return {
    fault,
    on,
    unit,
    prepare: [
      rule('a chain of our own', '-N', cutChain),
      rule('SSH stays', '-A', cutChain, '-p', 'tcp', '--sport', String(sshPort), '-j', 'ACCEPT'),
      ...drops,
    ],
    issue: ['iptables', '-w', '-I', 'OUTPUT', '1', '-j', cutChain],
    parting: [],
    undo: [
      { ...rule('the way is open again', '-D', 'OUTPUT', '-j', cutChain), mayFail: true },
      { ...rule('the chain, emptied', '-F', cutChain), mayFail: true },
      { ...rule('the chain, gone', '-X', cutChain), mayFail: true },
    ],
    overOnce: 'begun',
    fails: 'perhaps',
    touched: [unitsOn(ground, on.name, elected)],
    exitsWithinMs: 0,
    firewall: true,
    lastsMs: null,
  };
}

/** Every API server and store of these masters, by what their units' flags say; this host's own loopback included. */
export function placesOf({ masters, instance, on }: FaultGround): readonly Place[] {
  const places = masters.flatMap(({ name, master }) => {
    const argv = instance(name, 'kube-apiserver')?.argv;
    if (argv === undefined) return [];
    const flags = flagsOf(argv);
    const address = flags.get('advertise-address') ?? master.api?.host ?? '';
    const secure = Number(flags.get('secure-port') ?? 6443);
    const insecure = Number(flags.get('insecure-port') ?? 0);
    const addresses = [address, ...(name === on.name ? ['127.0.0.1'] : [])];
    const own = addresses.flatMap((one) => [secure, insecure].map((port) => ({ address: one, port })));
    return [...own, ...(flags.get('etcd-servers') ?? '').split(',').flatMap(placeOf)];
  });
  const known = places.filter(({ address, port }) => isIP(address) === 4 && port > 0);
  return [...new Map(known.map((place) => [`${place.address}:${place.port}`, place])).values()];
}

function placeOf(url: string): readonly Place[] {
  const [, address, port] = /^(?:https?:\/\/)?([^:/]+):(\d+)/.exec(url.trim()) ?? [];
  return address === undefined
    ? []
    : [{ address: address === 'localhost' ? '127.0.0.1' : address, port: Number(port) }];
}
