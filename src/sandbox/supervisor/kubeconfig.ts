// A kubeconfig as JSON, which is YAML too: kubectl reads it, and so do the components without a YAML reader.

export interface ApiPlace {
  readonly name: string;
  /** On 127.0.0.1. */
  readonly port: number;
  /** PEM */
  readonly ca: string;
}

/** One context for each server, the first of them current. */
export function kubeconfigText(options: {
  readonly user: string;
  readonly keys: { readonly cert: string; readonly key: string };
  readonly servers: readonly ApiPlace[];
}): string {
  const { user, keys, servers } = options;
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': servers[0]?.name,
    clusters: servers.map(({ name, port, ca }) => ({
      name,
      cluster: { server: `https://127.0.0.1:${port}`, 'certificate-authority-data': base64(ca) },
    })),
    users: [
      {
        name: user,
        user: { 'client-certificate-data': base64(keys.cert), 'client-key-data': base64(keys.key) },
      },
    ],
    contexts: servers.map(({ name }) => ({ name, context: { cluster: name, user } })),
  };
  return `${JSON.stringify(config, null, 2)}\n`;
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
