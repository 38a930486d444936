// Every certificate of one sandbox: made for the run, never reused.
import { createAuthority, type KeyPair } from './certificate.ts';

export interface PkiMaster {
  /** Host name: `kuberm`. */
  readonly name: string;
  /** Advertised IPv4 address: `172.16.155.158`. */
  readonly address: string;
}

export interface Pki {
  /** The authority's certificate (PEM): what every client and server trusts. */
  readonly ca: string;
  /** The API server's certificate of each master, by the master's name. */
  readonly apiserver: Readonly<Record<string, KeyPair>>;
  /** The store's server certificate. */
  readonly etcd: KeyPair;
  /** What the API servers (and `etcdctl`) show to the store. */
  readonly etcdClient: KeyPair;
  /** `kubernetes-admin` in `system:masters`. */
  readonly admin: KeyPair;
  readonly scheduler: KeyPair;
  readonly controllerManager: KeyPair;
  /** `system:node:NAME` of each master, by the master's name. */
  readonly kubelet: Readonly<Record<string, KeyPair>>;
}

const day = 86_400_000;

/**
 * Makes a CA and all certificates of one run, about a millisecond each. Valid from a day ago (hosts' clocks may
 * differ) for `validDays` (default 30). `serviceAddress` is that of the service `kubernetes`.
 */
export function createPki(options: {
  readonly masters: readonly PkiMaster[];
  readonly serviceAddress?: string;
  readonly validDays?: number;
  readonly now?: Date;
}): Pki {
  const now = (options.now ?? new Date()).getTime();
  const validity = { from: new Date(now - day), until: new Date(now + (options.validDays ?? 30) * day) };
  const authority = createAuthority({ commonName: 'kha-lab sandbox', validity });
  const local = ['127.0.0.1', 'localhost'];
  const service = ['kubernetes', 'kubernetes.default', 'kubernetes.default.svc'];
  const byMaster = (make: (master: PkiMaster) => KeyPair) =>
    Object.fromEntries(options.masters.map((master) => [master.name, make(master)]));
  return {
    ca: authority.cert,
    apiserver: byMaster(({ name, address }) =>
      authority.issue({
        commonName: 'kube-apiserver',
        names: [...local, name, address, ...service, options.serviceAddress ?? '172.18.0.1'],
      }),
    ),
    etcd: authority.issue({
      commonName: 'etcd',
      names: [...local, ...options.masters.flatMap(({ name, address }) => [name, address])],
    }),
    etcdClient: authority.issue({ commonName: 'apiserver-etcd-client', organization: 'system:masters' }),
    admin: authority.issue({ commonName: 'kubernetes-admin', organization: 'system:masters' }),
    scheduler: authority.issue({ commonName: 'system:kube-scheduler' }),
    controllerManager: authority.issue({ commonName: 'system:kube-controller-manager' }),
    kubelet: byMaster(({ name }) =>
      authority.issue({ commonName: `system:node:${name}`, organization: 'system:nodes' }),
    ),
  };
}
