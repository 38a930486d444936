// The certificates and keys of one pair of masters, made with openssl for this pair alone.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { SERVICE_ADDRESS } from './places.ts';

const openssl = (args: string[], cwd: string) => execa('openssl', args, { cwd, stdin: 'ignore' });

async function key(folder: string, name: string): Promise<void> {
  await openssl(['ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', `${name}.key`], folder);
}

async function authority(folder: string, name: string): Promise<void> {
  await key(folder, name);
  const subject = ['-subj', `/CN=kha-lab ${name}`, '-days', '30'];
  const use = ['-addext', 'keyUsage=critical,keyCertSign,cRLSign'];
  await openssl(
    ['req', '-x509', '-new', '-key', `${name}.key`, '-out', `${name}.crt`, ...subject, ...use],
    folder,
  );
}

async function certificate(
  folder: string,
  options: { name: string; subject: string; extensions: string[] },
): Promise<void> {
  const { name, subject, extensions } = options;
  await key(folder, name);
  await writeFile(join(folder, `${name}.ext`), `${extensions.join('\n')}\n`);
  await openssl(['req', '-new', '-key', `${name}.key`, '-out', `${name}.csr`, '-subj', subject], folder);
  const signer = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '30'];
  const out = ['-extfile', `${name}.ext`, '-out', `${name}.crt`];
  await openssl(['x509', '-req', '-in', `${name}.csr`, ...signer, ...out], folder);
}

/** Components that log in by a certificate of their own. */
export const COMPONENT_CLIENTS = [
  'kube-scheduler',
  'kube-controller-manager',
  'kubelet',
  'kube-proxy',
] as const;

const MASTERS = '/O=system:masters';
const CLIENT = ['extendedKeyUsage=clientAuth'];

/** For the store on `store`, and for the components, the node being `node`. */
async function partsPki(folder: string, { store, node }: { store: string; node: string }): Promise<void> {
  const both = ['extendedKeyUsage=serverAuth,clientAuth', `subjectAltName=IP:${store},IP:127.0.0.1`];
  await certificate(folder, { name: 'etcd', subject: '/CN=etcd', extensions: both });
  const clients = {
    'etcd-client': '/CN=kube-apiserver',
    'kubelet-client': `${MASTERS}/CN=kube-apiserver-kubelet-client`,
    'kube-scheduler': '/CN=system:kube-scheduler',
    // Without --use-service-account-credentials its controllers do all by this login, and their roles are not its own.
    'kube-controller-manager': `${MASTERS}/CN=system:kube-controller-manager`,
    kubelet: `/O=system:nodes/CN=system:node:${node}`,
    'kube-proxy': '/CN=system:kube-proxy',
  };
  for (const [name, subject] of Object.entries(clients))
    await certificate(folder, { name, subject, extensions: CLIENT });
}

/**
 * Fills `folder` with all that the rendered units name (ca, server, what the store and the components log in with, the
 * service-account key pair sa.key and sa.pub) and with admin and lab (.crt, .key), for whoever asks from outside.
 */
export async function makePki(
  folder: string,
  { masters, ...parts }: { masters: readonly string[]; store: string; node: string },
): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await authority(folder, 'ca');
  const dns = [
    'kubernetes',
    'kubernetes.default',
    'kubernetes.default.svc',
    'localhost',
    'kuberm',
    'kuberm2',
  ];
  const names = [...dns.map((name) => `DNS:${name}`), ...masters.map((address) => `IP:${address}`)];
  await certificate(folder, {
    name: 'server',
    subject: '/CN=kube-apiserver',
    extensions: [
      `subjectAltName=${[...names, 'IP:127.0.0.1', `IP:${SERVICE_ADDRESS}`].join(',')}`,
      'extendedKeyUsage=serverAuth',
    ],
  });
  await certificate(folder, { name: 'admin', subject: `${MASTERS}/CN=admin`, extensions: CLIENT });
  // Somebody without any right until a test gives him one.
  await certificate(folder, { name: 'lab', subject: '/CN=lab', extensions: CLIENT });
  await partsPki(folder, parts);
  await key(folder, 'sa');
  await openssl(['ec', '-in', 'sa.key', '-pubout', '-out', 'sa.pub'], folder);
}
