// The certificates and keys of one pair of masters, made with openssl for this pair alone.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';

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

/**
 * Fills `folder` with ca, front-proxy-ca, server, control-plane, admin and lab (.crt, .key) and the service-account
 * key pair sa.key, sa.pub. The front proxy has an authority of its own: 1.36 refuses the client authority there.
 */
export async function makePki(folder: string, addresses: readonly string[]): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await authority(folder, 'ca');
  await authority(folder, 'front-proxy-ca');
  const dns = [
    'kubernetes',
    'kubernetes.default',
    'kubernetes.default.svc',
    'localhost',
    'kuberm',
    'kuberm2',
  ];
  const names = [...dns.map((name) => `DNS:${name}`), ...addresses.map((address) => `IP:${address}`)];
  await certificate(folder, {
    name: 'server',
    subject: '/CN=kube-apiserver',
    extensions: [
      `subjectAltName=${[...names, 'IP:127.0.0.1', 'IP:172.18.0.1'].join(',')}`,
      'extendedKeyUsage=serverAuth',
    ],
  });
  const client = ['extendedKeyUsage=clientAuth'];
  const group = '/O=system:masters';
  await certificate(folder, {
    name: 'control-plane',
    subject: `${group}/CN=control-plane`,
    extensions: client,
  });
  await certificate(folder, { name: 'admin', subject: `${group}/CN=admin`, extensions: client });
  // Somebody without any right until a test gives him one.
  await certificate(folder, { name: 'lab', subject: '/CN=lab', extensions: client });
  await key(folder, 'sa');
  await openssl(['ec', '-in', 'sa.key', '-pubout', '-out', 'sa.pub'], folder);
}
