// Reads the kubeconfigs that the sandbox writes: JSON, with keys inside or in files.
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

export interface ApiAccess {
  /** `https://127.0.0.1:35531` */
  readonly server: string;
  /** PEM */
  readonly ca?: string | Buffer;
  readonly cert?: string | Buffer;
  readonly key?: string | Buffer;
}

type Section = Readonly<Record<string, string | undefined>>;

interface Kubeconfig {
  readonly 'current-context': string;
  readonly clusters: readonly { readonly name: string; readonly cluster: Section }[];
  readonly users: readonly { readonly name: string; readonly user: Section }[];
  readonly contexts: readonly {
    readonly name: string;
    readonly context: { readonly cluster: string; readonly user: string };
  }[];
}

/** The current context's server and keys. @throws Error when the file cannot be read or names what is not in it */
export function readKubeconfig(path: string): ApiAccess {
  const config = JSON.parse(readFileSync(path, 'utf8')) as Kubeconfig;
  const wanted = config['current-context'];
  const context = config.contexts.find(({ name }) => name === wanted)?.context;
  const cluster = config.clusters.find(({ name }) => name === context?.cluster)?.cluster;
  const user = config.users.find(({ name }) => name === context?.user)?.user ?? {};
  if (!cluster?.server) throw new Error(`${path}: context "${wanted}" has no server`);
  const pem = (section: Section, key: string) => {
    const data = section[`${key}-data`];
    if (data !== undefined) return Buffer.from(data, 'base64');
    const file = section[key];
    return file === undefined ? undefined : readFileSync(resolve(dirname(path), file));
  };
  const ca = pem(cluster, 'certificate-authority');
  const cert = pem(user, 'client-certificate');
  const key = pem(user, 'client-key');
  return { server: cluster.server, ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) };
}
