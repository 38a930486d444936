// The files by which other programs reach a sandbox: inventory, ssh_config, known_hosts, key, kubeconfig.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SandboxPlaces } from '../options.ts';
import type { Pki } from '../pki/pki.ts';
import { knownHostsLine, type SshKeys } from '../ssh-server/keys.ts';
import { kubeconfigText } from './kubeconfig.ts';
import type { SandboxPlan } from './plan.ts';

export interface ReachedMaster {
  readonly name: string;
  readonly sshPort: number;
  readonly apiPort: number;
}

export function writeReachFiles(
  plan: SandboxPlan,
  parts: {
    readonly masters: readonly ReachedMaster[];
    readonly clientKeys: SshKeys;
    readonly hostKeys: SshKeys;
    readonly pki: Pki;
  },
): SandboxPlaces {
  const { masters, clientKeys, hostKeys, pki } = parts;
  const write = (name: string, text: string) => {
    const file = join(plan.stateDir, name);
    writeFileSync(file, text, { mode: 0o600 });
    return file;
  };
  const identityFile = write('id_ed25519', clientKeys.privateKey);
  write('id_ed25519.pub', `${clientKeys.publicKey}\n`);
  const knownHosts = masters.map(({ sshPort }) =>
    knownHostsLine([`[127.0.0.1]:${sshPort}`], hostKeys.publicKey),
  );
  const knownHostsFile = write('known_hosts', knownHosts.join(''));
  const servers = masters.map(({ name, apiPort }) => ({ name, port: apiPort, ca: pki.ca }));
  const kubeconfigFile = write(
    'kubeconfig',
    kubeconfigText({ user: 'kubernetes-admin', keys: pki.admin, servers }),
  );
  return {
    id: plan.id,
    stateDir: plan.stateDir,
    kubeconfigFile,
    knownHostsFile,
    sshConfigFile: write('ssh_config', sshConfig(masters, { identityFile, knownHostsFile })),
    inventoryFile: write(
      'kha-lab.yaml',
      inventory(masters, { identityFile, knownHostsFile, kubeconfigFile }, plan),
    ),
  };
}

function sshConfig(
  masters: readonly ReachedMaster[],
  files: { readonly identityFile: string; readonly knownHostsFile: string },
): string {
  const hosts = masters.map(({ name, sshPort }) => `Host ${name}\n  Port ${sshPort}\n`);
  return `# The masters of one kha-lab sandbox: ssh -F THIS_FILE ${masters[0]?.name}
${hosts.join('')}Host *
  HostName 127.0.0.1
  User root
  IdentityFile "${files.identityFile}"
  IdentitiesOnly yes
  IdentityAgent none
  UserKnownHostsFile "${files.knownHostsFile}"
  GlobalKnownHostsFile /dev/null
  StrictHostKeyChecking yes
  PasswordAuthentication no
  LogLevel ERROR
`;
}

function inventory(
  masters: readonly ReachedMaster[],
  files: { readonly identityFile: string; readonly knownHostsFile: string; readonly kubeconfigFile: string },
  { balancer }: SandboxPlan,
): string {
  const text = JSON.stringify;
  const entries = masters.map(
    ({ name, sshPort, apiPort }) => `  - name: ${name}
    ssh: { host: 127.0.0.1, port: ${sshPort}, user: root, identityFile: ${text(files.identityFile)} }
    api: { host: 127.0.0.1, port: ${apiPort} }
`,
  );
  return `# The masters of one kha-lab sandbox: it goes with the sandbox.
masters:
${entries.join('')}ssh: { knownHostsFile: ${text(files.knownHostsFile)}, strictHostKeyChecking: yes }
sudo: auto
cluster: { kubeconfig: ${text(files.kubeconfigFile)} }
balancer: { host: ${balancer.address}, port: ${balancer.port} }
`;
}
