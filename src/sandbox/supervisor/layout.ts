// A sandbox's folder: a root folder for each master, and the files by which others reach them.
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { UnitFile } from '../../units/plan.ts';
import type { Pki } from '../pki/pki.ts';
import { hasProgram, launcher, programFile } from '../programs.ts';
import { writeTools } from '../shim/tools.ts';
import { kubeconfigText } from './kubeconfig.ts';
import type { PlannedMaster } from './plan.ts';
import { type RealPrograms, writeRealPrograms } from './real-programs.ts';

const components = [
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kubelet',
  'kube-proxy',
];

/** What bash reads first on a master whose clock is wrong. */
export const withoutClock = 'etc/without-clock.bash';

const folders = [
  'etc/systemd/system/multi-user.target.wants',
  'etc/kubernetes',
  'lib/systemd/system',
  'run/systemd/system',
  'opt/bin',
  'srv/kubernetes',
  'var/log/kubernetes',
  'var/lib/etcd',
  'root',
  'tmp',
];

/** Writes a master's root folder: its programs, its keys, its units (all enabled), its tools. */
export function writeMaster(
  master: PlannedMaster,
  parts: { readonly pki: Pki; readonly units: readonly UnitFile[]; readonly real: RealPrograms | null },
): void {
  const { root } = master;
  for (const folder of folders) mkdirSync(join(root, folder), { recursive: true, mode: 0o700 });
  if (parts.real) writeRealPrograms(master, parts.real);
  else
    for (const name of components.filter((one) => hasProgram(one)))
      writeFileSync(join(root, 'opt/bin', name), launcher(name), { mode: 0o700 });
  writeKeys(master, parts.pki);
  for (const { name, text } of parts.units) {
    writeFileSync(join(root, 'lib/systemd/system', name), text, { mode: 0o600 });
    symlinkSync(
      `../../../../lib/systemd/system/${name}`,
      join(root, 'etc/systemd/system/multi-user.target.wants', name),
    );
  }
  writeFileSync(join(root, withoutClock), 'unset EPOCHREALTIME EPOCHSECONDS\n', { mode: 0o600 });
  writeFileSync(join(root, 'etc/hostname'), `${master.name}\n`, { mode: 0o600 });
  writeTools({
    folder: join(root, 'usr/local/bin'),
    root,
    socketPath: master.shimSocket,
    hostname: master.name,
    address: master.address,
    clock: master.clock,
    nodeClient: programFile('shim'),
  });
}

function writeKeys({ root, name, ownApi }: PlannedMaster, pki: Pki): void {
  const write = (file: string, text: string) => writeFileSync(join(root, file), text, { mode: 0o600 });
  const pair = (file: string, keys: { readonly cert: string; readonly key: string } | undefined) => {
    if (!keys) throw new Error(`no certificate was made for ${file} of ${name}`);
    write(`srv/kubernetes/${file}.crt`, keys.cert);
    write(`srv/kubernetes/${file}.key`, keys.key);
  };
  write('srv/kubernetes/ca.crt', pki.ca);
  pair('server', pki.apiserver[name]);
  pair('etcd', pki.etcd);
  pair('etcd-client', pki.etcdClient);
  const account = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  write('srv/kubernetes/sa.key', account.privateKey.export({ type: 'sec1', format: 'pem' }).toString());
  write('srv/kubernetes/sa.pub', account.publicKey.export({ type: 'spki', format: 'pem' }).toString());
  const api = { name, port: ownApi, ca: pki.ca };
  const config = (user: string, keys: { readonly cert: string; readonly key: string } | undefined) => {
    if (!keys) throw new Error(`no certificate was made for ${user}`);
    return kubeconfigText({ user, keys, servers: [api] });
  };
  write('srv/kubernetes/kube-scheduler.kubeconfig', config('kube-scheduler', pki.scheduler));
  write(
    'srv/kubernetes/kube-controller-manager.kubeconfig',
    config('kube-controller-manager', pki.controllerManager),
  );
  write('srv/kubernetes/kubelet.kubeconfig', config('kubelet', pki.kubelet[name]));
  // One and the same node speaks: the proxy shows the kubelet's certificate.
  write('srv/kubernetes/kube-proxy.kubeconfig', config('kube-proxy', pki.kubelet[name]));
  write('etc/kubernetes/admin.conf', config('kubernetes-admin', pki.admin));
}
