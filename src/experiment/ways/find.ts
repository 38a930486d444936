// Which ways in to the API servers there are on these masters, and how each of them is dialled.
import { isIP } from 'node:net';
import { type ApiServer, expectGood } from '../../cluster/apiserver.ts';
import type { Dial } from '../../cluster/transport.ts';
import { findInstances, type Instance } from '../../components/instance.ts';
import { showUnits } from '../../components/unitstate.ts';
import { KhaError } from '../../model/failure.ts';
import { flagsOf } from '../../model/unitfile.ts';
import type { WayMissing, WayName } from '../../model/waysseen.ts';
import type { Target, TargetMaster } from '../target.ts';

export interface Way {
  readonly way: WayName;
  /** `host:port` as its clients dial it. */
  readonly address: string;
  /** What a certificate must be for: any of the servers may answer. */
  readonly certifiedName: string;
  readonly clients: readonly WayClient[];
}

export interface WayClient {
  readonly name: string;
  readonly dial: Dial;
}

export interface WaysFound {
  readonly ways: readonly Way[];
  readonly missing: readonly WayMissing[];
  /** `sessionAffinity` of the service; null: not known. */
  readonly affinity: string | null;
}

/** One name that every API server's certificate must hold, for the clients of the service. */
const serviceName = 'kubernetes.default.svc';

/** @param clients how many ask through the service, where the host can tell them apart. */
export async function findWays(target: Target, clients: number): Promise<WaysFound> {
  const node = await findNode(target);
  const [service, server] = await Promise.all([
    serviceWay(target, { node, clients }).catch((error) => missing('service', error)),
    serverWay(node).catch((error) => missing('server', error)),
  ]);
  const found = [service, server, balancerWay(target)];
  return {
    ways: found.flatMap((one) => ('clients' in one ? [one] : [])),
    missing: found.flatMap((one) => ('why' in one ? [one] : [])),
    affinity: 'affinity' in service ? service.affinity : null,
  };
}

interface Node {
  readonly reached: TargetMaster;
  readonly kubelet: Instance | null;
  readonly hasProxy: boolean;
}

/** The first master that is a node as well. */
async function findNode({ masters }: Target): Promise<Node | null> {
  for (const reached of masters) {
    const wanted = { components: ['kubelet', 'kube-proxy'], places: {}, version: null };
    const found = await findInstances(reached.host, wanted);
    const [proxy] = await showUnits(reached.host, ['kube-proxy.service']);
    const kubelet = found.find(({ component }) => component === 'kubelet') ?? null;
    const hasProxy = proxy?.active === 'active';
    if (kubelet || hasProxy) return { reached, kubelet, hasProxy };
  }
  return null;
}

interface Service {
  readonly spec?: {
    readonly clusterIP?: string;
    readonly sessionAffinity?: string;
    readonly ports?: readonly { readonly port?: number }[];
  };
}

async function serviceWay(
  { apis }: Target,
  { node, clients }: { readonly node: Node | null; readonly clients: number },
): Promise<(Way & { readonly affinity: string | null }) | WayMissing> {
  const [api] = apis;
  if (!node?.hasProxy || !api)
    return { way: 'service', why: 'no kube-proxy runs on these masters, so no service is reached from them' };
  const { spec } = expectGood(api, await readService(api)) as Service;
  const host = spec?.clusterIP ?? '';
  const port = spec?.ports?.[0]?.port ?? 443;
  return {
    way: 'service',
    address: `${host}:${port}`,
    certifiedName: serviceName,
    affinity: spec?.sessionAffinity ?? null,
    clients: Array.from({ length: clients }, (_, at) => ({
      name: `container ${at + 1}`,
      // Of a client that a real sshd dials for nothing but its own address is seen.
      dial: () => node.reached.host.tunnel(host, port, `127.0.0.${at + 11}`),
    })),
  };
}

const readService = (api: ApiServer) => api.send('GET', '/api/v1/namespaces/default/services/kubernetes');

/** Where the kubelet's own flags or kubeconfig say that its API server is. */
async function serverWay(node: Node | null): Promise<Way | WayMissing> {
  if (!node?.kubelet) return { way: 'server', why: 'no kubelet runs on these masters' };
  const { host } = node.reached;
  const flags = flagsOf(node.kubelet.argv);
  const file = flags.get('kubeconfig');
  // Nothing but that word: the file has keys in it.
  const asked = file
    ? await host.run(['grep', '-m1', '-oE', 'https?://[^", ]+', file], { sudo: true })
    : null;
  const named = flags.get('api-servers')?.split(',')[0] ?? asked?.stdout.trim() ?? '';
  const url = URL.canParse(named) ? new URL(named) : null;
  if (url?.protocol !== 'https:')
    return { way: 'server', why: `the kubelet of ${host.name} names no API server over TLS` };
  const port = Number(url.port) || 443;
  return {
    way: 'server',
    address: `${url.hostname}:${port}`,
    certifiedName: url.hostname,
    clients: [{ name: 'node', dial: () => host.tunnel(url.hostname, port) }],
  };
}

function balancerWay({ inventory: { balancer }, masters }: Target): Way | WayMissing {
  const [first] = masters;
  if (!balancer || !first)
    return { way: 'balancer', why: 'the inventory names none; give it as balancer: { host: …, port: 6443 }' };
  const { host, port } = balancer;
  return {
    way: 'balancer',
    address: `${host}:${port}`,
    // Known by an address alone, it is no name that certificates hold: the service's is in every server's.
    certifiedName: isIP(host) ? serviceName : host,
    clients: [{ name: 'node', dial: () => first.host.tunnel(host, port) }],
  };
}

function missing(way: WayName, error: unknown): WayMissing {
  if (!(error instanceof KhaError)) throw error;
  return { way, why: error.message.replace(/\.$/, '') };
}
