// Makes sure the big parts exist (packages, root file system, Kubernetes) by running the build scripts.
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

const scripts = fileURLToPath(new URL('../build/', import.meta.url));

export const PACKAGES = [
  'systemd-container',
  'iproute2',
  'iptables',
  'openssh-client',
  'util-linux',
  'openssl',
  'curl',
];

export interface Parts {
  /** The read-only root file system every master is laid over. */
  readonly rootfs: string;
  /** The folder with kube-apiserver, kube-scheduler and kube-controller-manager of the version asked for. */
  readonly binaries: string;
}

/** Builds what is missing; a first build takes minutes, later calls a blink. Progress goes to stderr. */
export async function ensureParts(version: string): Promise<Parts> {
  await execa(`${scripts}install-packages.sh`, PACKAGES, { stdin: 'ignore', stdout: 2, stderr: 'inherit' });
  return { rootfs: await built('rootfs.sh', []), binaries: await built('kubernetes.sh', [version]) };
}

async function built(script: string, args: string[]): Promise<string> {
  const { stdout } = await execa(`${scripts}${script}`, args, { stdin: 'ignore', stderr: 'inherit' });
  return stdout.trim().split('\n').at(-1) ?? '';
}
