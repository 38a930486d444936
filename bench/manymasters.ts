// A sandbox of two masters with as many more doors as are asked for, and the files by which each program finds them all.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { parse, stringify } from 'yaml';
import { createSshKeys, knownHostsLine } from '../src/sandbox/ssh-server/keys.ts';
import type { DoorsWish } from './doors.ts';
import { root } from './places.ts';
import { type BenchSandbox, startSandbox } from './sandbox.ts';

export interface ManyMasters {
  /** Files for the first `count` of them; a host file has a name a line. */
  reach(count: number): Promise<Reach>;
  down(): Promise<void>;
}

export interface Reach {
  readonly inventory: string;
  readonly sshConfig: string;
  readonly hosts: string;
}

const run = promisify(execFile);
const behind = ['kuberm', 'kuberm2'];

export async function manyMasters(home: string, most: number): Promise<ManyMasters> {
  const sandbox = await startSandbox(home);
  const stateDir = dirname(sandbox.inventory);
  const more = Array.from({ length: most - behind.length }, (_, at) => `kuberm${at + 1 + behind.length}`);
  const hostKey = createSshKeys('kha-lab bench');
  const envs = await Promise.all(behind.map((name) => environmentOn(sandbox, name)));
  const doors = more.map((name, at) => ({
    ...{ name, tools: join(home, 'tools', name), env: envs[at % behind.length] ?? {} },
    cwd: join(stateDir, 'masters', behind[at % behind.length] ?? ''),
  }));
  const clientKey = await readFile(join(stateDir, 'id_ed25519.pub'), 'utf8');
  const { ports, close } = await openDoors({ hostKey: hostKey.privateKey, clientKey, doors });
  const known = join(home, 'known_hosts');
  const lines = ports.map((port) => knownHostsLine([`[127.0.0.1]:${port}`], hostKey.publicKey));
  await writeFile(known, (await readFile(join(stateDir, 'known_hosts'), 'utf8')) + lines.join(''));
  return {
    async reach(count) {
      const places = more.slice(0, count - behind.length).map((name, at) => ({ name, port: ports[at] ?? 0 }));
      return writeReach(join(home, `${count}`), { sandbox, places, known });
    },
    async down() {
      await close();
      await sandbox.down();
    },
  };
}

async function openDoors(wish: DoorsWish) {
  const argv = ['--import', 'tsx', join(import.meta.dirname, 'doors.ts'), JSON.stringify(wish)];
  const child = spawn(process.execPath, argv, { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  const [line] = await Promise.race([once(lines, 'line'), once(child, 'exit').then(() => [null])]);
  if (typeof line !== 'string') throw new Error('the doors did not open');
  const close = async () => {
    const ended = once(child, 'exit');
    child.stdin.end();
    await ended;
  };
  return { ports: JSON.parse(line) as readonly number[], close };
}

async function environmentOn({ sshConfig }: BenchSandbox, name: string): Promise<Record<string, string>> {
  const { stdout } = await run('ssh', ['-F', sshConfig, name, 'env', '-0']);
  const pairs = stdout
    .split('\0')
    .map((pair) => [pair.split('=', 1)[0] ?? '', pair.slice(pair.indexOf('=') + 1)]);
  return Object.fromEntries(pairs.filter(([key]) => key !== ''));
}

interface Places {
  readonly sandbox: BenchSandbox;
  readonly places: readonly { readonly name: string; readonly port: number }[];
  readonly known: string;
}

async function writeReach(prefix: string, { sandbox, places, known }: Places): Promise<Reach> {
  const before = parse(await readFile(sandbox.inventory, 'utf8'));
  const [first] = before.masters;
  const masters = places.map(({ name, port }) => ({ name, ssh: { ...first.ssh, port } }));
  const ssh = { ...before.ssh, knownHostsFile: known };
  const inventory = { ...before, masters: [...before.masters, ...masters], ssh };
  const entries = places.map(({ name, port }) => `Host ${name}\n  Port ${port}\n`);
  const config = (await readFile(sandbox.sshConfig, 'utf8')).replace(
    /(UserKnownHostsFile) .*/,
    `$1 ${known}`,
  );
  const names = [...behind, ...places.map(({ name }) => name)];
  const write = async (name: string, text: string) => {
    const file = `${prefix}-${name}`;
    await writeFile(file, text);
    return file;
  };
  return {
    inventory: await write('kha-lab.yaml', stringify(inventory)),
    // Its own entries come before those for every host.
    sshConfig: await write('ssh_config', `${entries.join('')}${config}`),
    hosts: await write('hosts', `${names.join('\n')}\n`),
  };
}
