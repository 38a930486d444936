// The inventory file a user would write for a pair, with the keys, host keys and kubeconfig it names.
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { stringify } from 'yaml';
import { kubeconfig } from './kubeconfig.ts';
import { addressOf } from './places.ts';

export interface Keys {
  /** The private key to log in with. */
  readonly identityFile: string;
  /** Its public half, as in authorized_keys. */
  readonly publicKey: string;
  /** Each master's private host key. */
  readonly hostKeys: ReadonlyMap<string, string>;
}

async function sshKey(file: string, comment: string): Promise<string> {
  await execa('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', comment, '-f', file]);
  return file;
}

/** Makes the login key and one host key per master in `folder`. */
export async function makeKeys(folder: string, masters: readonly string[]): Promise<Keys> {
  const identityFile = await sshKey(join(folder, 'id_ed25519'), 'lab');
  const hostKeys = new Map<string, string>();
  for (const master of masters)
    hostKeys.set(master, await sshKey(join(folder, `${master}_host_key`), master));
  return { identityFile, publicKey: await readFile(`${identityFile}.pub`, 'utf8'), hostKeys };
}

/** Writes kha-lab.yaml, known_hosts and kubeconfig into `folder`; returns the inventory's path. */
export async function writeInventory(
  folder: string,
  options: {
    masters: readonly string[];
    user: string;
    keys: Keys;
    pki: string;
    extra: Record<string, unknown>;
  },
): Promise<string> {
  const { masters, user, keys, pki, extra } = options;
  const knownHostsFile = join(folder, 'known_hosts');
  const known: string[] = [];
  for (const master of masters) {
    const [kind, key] = (await readFile(`${keys.hostKeys.get(master)}.pub`, 'utf8')).split(' ');
    known.push(`${addressOf(master)} ${kind} ${key}\n`);
  }
  await writeFile(knownHostsFile, known.join(''));

  const config = join(folder, 'kubeconfig');
  const server = `https://${addressOf(masters[0] ?? '')}:6443`;
  await writeFile(config, await kubeconfig(pki, { client: 'admin', server }), { mode: 0o600 });
  await chmod(config, 0o600);

  const inventory = join(folder, 'kha-lab.yaml');
  const document = {
    masters: masters.map((name) => ({
      name,
      ssh: { host: addressOf(name), port: 22, user, identityFile: keys.identityFile },
      api: { host: addressOf(name), port: 6443 },
    })),
    ssh: { knownHostsFile, strictHostKeyChecking: 'yes' },
    cluster: { kubeconfig: config },
    ...extra,
  };
  await writeFile(inventory, stringify(document));
  return inventory;
}
