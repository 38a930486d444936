// The API servers that candidates contend at: our miniature one, and a real kube-apiserver over a real etcd.
import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { createClient } from '../../src/sandbox/client/client.ts';
import { readKubeconfig } from '../../src/sandbox/client/kubeconfig.ts';
import { createGround, end, eventually, freePort, startStore } from '../sandbox/etcd-start.ts';
import { startApi } from '../sandbox/kube-apiserver-start.ts';

export interface Server {
  /** JSON, with keys in files beside it. */
  readonly kubeconfig: string;
  /** The form of bodies that components of Kubernetes would use there: the miniature speaks JSON only. */
  readonly contentType: string;
  /** A folder of its own, gone after `clear`. */
  readonly folder: string;
  clear(): Promise<void>;
}

export async function startMiniature(): Promise<Server> {
  const ground = createGround();
  const store = await startStore({ ground });
  const api = await startApi({ ground, storePort: store.port, master: 0 });
  return {
    kubeconfig: api.kubeconfig,
    contentType: 'application/json',
    folder: ground.dir,
    clear: async () => {
      await Promise.all([api.stop(), end(store.child)]);
      store.agent.destroy();
      ground.clear();
    },
  };
}

/** On loopback, with certificates and data of its own. */
export async function startReal(): Promise<Server> {
  const script = join(import.meta.dirname, '../masters/build/kubernetes.sh');
  const { stdout } = await execa(script, ['1.36.3'], { stdin: 'ignore', stderr: 'inherit' });
  const binary = join(stdout.trim().split('\n').at(-1) ?? '', 'kube-apiserver');
  const ground = createGround();
  const file = (name: string) => join(ground.dir, name);
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  writeFileSync(file('sa.key'), privateKey.export({ type: 'sec1', format: 'pem' }), { mode: 0o600 });
  writeFileSync(file('sa.pub'), publicKey.export({ type: 'spki', format: 'pem' }));
  const store = await startStore({ ground, real: true });
  const port = await freePort();
  const child = spawn(
    binary,
    [
      '--bind-address=127.0.0.1',
      '--advertise-address=127.0.0.1',
      '--endpoint-reconciler-type=none',
      `--secure-port=${port}`,
      '--service-cluster-ip-range=172.18.0.0/16',
      `--etcd-servers=https://127.0.0.1:${store.port}`,
      `--etcd-cafile=${file('ca.crt')}`,
      `--etcd-certfile=${file('etcd-client.crt')}`,
      `--etcd-keyfile=${file('etcd-client.key')}`,
      '--authorization-mode=RBAC',
      `--client-ca-file=${file('ca.crt')}`,
      `--tls-cert-file=${file('apiserver-kuberm.crt')}`,
      `--tls-private-key-file=${file('apiserver-kuberm.key')}`,
      `--service-account-key-file=${file('sa.pub')}`,
      `--service-account-signing-key-file=${file('sa.key')}`,
      '--service-account-issuer=https://kubernetes.default',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4000);
  });
  const kubeconfig = file('kubeconfig');
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name: 'real',
        cluster: { server: `https://127.0.0.1:${port}`, 'certificate-authority': file('ca.crt') },
      },
    ],
    users: [
      { name: 'admin', user: { 'client-certificate': file('admin.crt'), 'client-key': file('admin.key') } },
    ],
    contexts: [{ name: 'real', context: { cluster: 'real', user: 'admin' } }],
    'current-context': 'real',
  };
  writeFileSync(kubeconfig, JSON.stringify(config), { mode: 0o600 });
  const client = createClient(readKubeconfig(kubeconfig), () => undefined);
  // Leases of candidates lie in kube-system, which the server makes only once it runs.
  await eventually(async () => {
    if (child.exitCode !== null) throw new Error(`kube-apiserver did not start: ${said}`);
    return client.send({ method: 'GET', path: '/api/v1/namespaces/kube-system' }).catch(() => undefined);
  }, 90_000);
  return {
    kubeconfig,
    contentType: 'application/vnd.kubernetes.protobuf',
    folder: ground.dir,
    clear: async () => {
      await end(child);
      await end(store.child);
      store.agent.destroy();
      ground.clear();
    },
  };
}
