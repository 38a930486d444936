// A kubeconfig with everything inside it, so that one file is enough wherever it is copied.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';

/** The text of a kubeconfig for `server`, logging in with `client`.crt and `client`.key of the PKI folder. */
export async function kubeconfig(pki: string, options: { client: string; server: string }): Promise<string> {
  const data = async (file: string) => (await readFile(join(pki, file))).toString('base64');
  const { client, server } = options;
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'lab', cluster: { server, 'certificate-authority-data': await data('ca.crt') } }],
    users: [
      {
        name: client,
        user: {
          'client-certificate-data': await data(`${client}.crt`),
          'client-key-data': await data(`${client}.key`),
        },
      },
    ],
    contexts: [{ name: 'lab', context: { cluster: 'lab', user: client } }],
    'current-context': 'lab',
  });
}
