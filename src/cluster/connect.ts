// From an inventory to API servers: straight with a kubeconfig from here, or through each master's SSH connection.
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Host } from '../hosts/host.ts';
import type { ClusterReach, Master } from '../inventory/inventory.ts';
import { exits, KhaError } from '../model/failure.ts';
import { bad, readAccess } from './access.ts';
import { type ApiServer, createApiServer } from './apiserver.ts';
import { takeOver } from './handedover.ts';
import { dialDirect } from './transport.ts';

export interface ReachedMaster {
  readonly master: Master;
  readonly host: Host;
}

/**
 * The API servers of a cluster, one a master where the inventory tells them apart.
 * @throws KhaError when a kubeconfig cannot be read or used; whether a server answers shows at the first request.
 */
export function connectCluster(
  reach: ClusterReach,
  masters: readonly ReachedMaster[],
): Promise<readonly ApiServer[]> {
  return reach.via === 'ssh'
    ? Promise.all(masters.map((reached) => tunnelled(reach.kubeconfig, reached)))
    : direct(reach, masters);
}

async function direct(
  { kubeconfig, context }: Extract<ClusterReach, { via: 'kubeconfig' }>,
  masters: readonly ReachedMaster[],
): Promise<readonly ApiServer[]> {
  const text = await readFile(kubeconfig, 'utf8').catch((cause) => {
    throw unreadable(kubeconfig, (cause as Error).message, cause);
  });
  const access = await readAccess({
    source: kubeconfig,
    text,
    folder: dirname(resolve(kubeconfig)),
    ...(context !== undefined && { context }),
  });
  const own = masters.flatMap(({ master }) => (master.api ? [{ name: master.name, ...master.api }] : []));
  if (own.length > 0) {
    return own.map(({ name, host, port }) =>
      createApiServer({
        master: name,
        access,
        dial: dialDirect(host, port),
        certifiedName: access.certifiedName ?? host,
        address: `https://${host}:${port}`,
      }),
    );
  }
  const { hostname, port } = access.server;
  const dial = dialDirect(hostname, Number(port) || 443);
  return [
    createApiServer({
      master: null,
      access,
      dial,
      certifiedName: access.certifiedName ?? hostname,
      address: access.server.origin,
    }),
  ];
}

async function tunnelled(kubeconfig: string, { master, host }: ReachedMaster): Promise<ApiServer> {
  const source = `${host.name}:${kubeconfig}`;
  const read = async (file: string) => {
    const { code, stdout, stderr } = await host.run(['cat', file], { sudo: true });
    if (code !== 0) throw unreadable(`${host.name}:${file}`, stderr.trim());
    return stdout;
  };
  const text = await takeOver({ text: await read(kubeconfig), file: kubeconfig, read }).catch((cause) => {
    throw cause instanceof KhaError ? cause : bad(source, (cause as Error).message, cause);
  });
  const access = await readAccess({ source, text });
  const name = master.api?.host ?? access.server.hostname;
  const port = master.api?.port ?? (Number(access.server.port) || 443);
  return createApiServer({
    master: master.name,
    access,
    dial: () => host.tunnel(name, port),
    certifiedName: access.certifiedName ?? name,
    address: `https://${name}:${port} (from ${host.name})`,
  });
}

function unreadable(source: string, why: string, cause?: unknown): KhaError {
  return new KhaError({
    code: 'kubeconfig-unreadable',
    exit: exits.usage,
    message: `The kubeconfig ${source} could not be read: ${why}.`,
    tryThis: 'Name the right file under cluster: in the inventory.',
    cause,
  });
}
