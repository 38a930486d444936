// A real sshd on the loopback for tests, with keys of its own in a folder of its own.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { Inventory, Master, SshReach } from '../../src/inventory/inventory.ts';

const program = '/usr/sbin/sshd';

/** Why there is no sshd here, or `null`. */
export const sshdMissing: string | null = !existsSync(program)
  ? 'no /usr/sbin/sshd: apt-get install openssh-server'
  : process.getuid?.() === 0
    ? null
    : 'sshd needs root';

export type KeyType = 'ed25519' | 'ecdsa' | 'rsa';

export interface Sshd {
  readonly port: number;
  readonly pid: number;
  readonly folder: string;
  /** A private key that may log in. */
  readonly userKey: string;
  /** `TYPE BASE64` of a host key. */
  hostKey(type?: KeyType): string;
  stop(): Promise<void>;
}

export function makeKey(
  file: string,
  options: { type?: KeyType; passphrase?: string; format?: 'PEM' } = {},
): string {
  const { type = 'ed25519', passphrase = '', format } = options;
  const more = format === undefined ? [] : ['-m', format];
  execFileSync('ssh-keygen', ['-q', '-t', type, '-N', passphrase, '-C', 'kha-lab test', '-f', file, ...more]);
  return file;
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

export async function until<T>(
  look: () => T | Promise<T>,
  what: string,
  deadlineMs = 10_000,
): Promise<NonNullable<T>> {
  const deadline = performance.now() + deadlineMs;
  while (performance.now() < deadline) {
    const found = await look();
    if (found) return found as NonNullable<T>;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`not seen in ${deadlineMs} ms: ${what}`);
}

const answers = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('data', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
  });

export async function startSshd(
  options: {
    readonly hostKeys?: readonly KeyType[];
    readonly config?: readonly string[];
    readonly port?: number;
    /** Public keys that may log in besides `userKey`. */
    readonly authorized?: readonly string[];
  } = {},
): Promise<Sshd> {
  const { hostKeys = ['ed25519'], config = [], authorized = [] } = options;
  const folder = mkdtempSync(join(tmpdir(), 'kha-sshd-'));
  execFileSync('chmod', ['711', folder]);
  mkdirSync('/run/sshd', { recursive: true });
  for (const type of hostKeys) makeKey(join(folder, `host_${type}`), { type });
  const userKey = makeKey(join(folder, 'user'));
  const publicKey = (file: string) => readFileSync(`${file}.pub`, 'utf8');
  writeFileSync(join(folder, 'authorized'), [publicKey(userKey), ...authorized].join(''));
  const port = options.port ?? (await freePort());
  writeFileSync(
    join(folder, 'sshd_config'),
    [
      ...config,
      'ListenAddress 127.0.0.1',
      ...hostKeys.map((type) => `HostKey ${join(folder, `host_${type}`)}`),
      `AuthorizedKeysFile ${join(folder, 'authorized')}`,
      'PidFile none',
      'StrictModes no',
      'UsePAM no',
      'PermitRootLogin prohibit-password',
      'PasswordAuthentication no',
      'KbdInteractiveAuthentication no',
      '',
    ].join('\n'),
  );
  const child: ChildProcess = spawn(
    program,
    ['-D', '-e', '-f', join(folder, 'sshd_config'), '-p', String(port)],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let log = '';
  child.stderr?.on('data', (chunk) => {
    log = (log + chunk).slice(-4000);
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  try {
    await until(() => answers(port), 'sshd answering');
  } catch {
    throw new Error(`sshd did not start:\n${log}`);
  }
  return {
    port,
    pid: child.pid ?? 0,
    folder,
    userKey,
    hostKey: (type = 'ed25519') =>
      readFileSync(join(folder, `host_${type}.pub`), 'utf8')
        .split(' ')
        .slice(0, 2)
        .join(' '),
    async stop() {
      for (const pid of childrenOf(child.pid ?? 0)) killQuietly(pid);
      child.kill('SIGTERM');
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}

/** Direct children of a process. */
export function childrenOf(pid: number): readonly number[] {
  const table = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  return table
    .map((line) => line.trim().split(/\s+/).map(Number))
    .flatMap(([child = 0, parent]) => (parent === pid ? [child] : []));
}

/** Command lines of running processes that hold `text`. */
export function processesWith(text: string): readonly string[] {
  const table = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8', maxBuffer: 1 << 26 });
  return table.split('\n').filter((line) => line.includes(text) && !line.includes('ps -eo'));
}

export function reachOf(sshd: Sshd, more: Partial<SshReach> = {}): SshReach {
  return {
    via: 'ssh',
    host: '127.0.0.1',
    port: sshd.port,
    user: userInfo().username,
    identityFiles: [sshd.userKey],
    identitiesNamed: true,
    agentSocket: null,
    ...more,
  };
}

/** A master on `sshd` and an inventory whose known_hosts holds its key, unless `knownHosts` says otherwise. */
export function masterOn(
  sshd: Sshd,
  options: {
    readonly name?: string;
    readonly reach?: Partial<SshReach>;
    readonly knownHosts?: string;
    readonly inventory?: Partial<Inventory>;
  } = {},
): { readonly master: Master; readonly inventory: Inventory; readonly knownHostsFile: string } {
  const knownHostsFile = join(sshd.folder, `known_hosts.${Math.random().toString(36).slice(2)}`);
  const { knownHosts = `[127.0.0.1]:${sshd.port} ${sshd.hostKey()}\n` } = options;
  if (knownHosts !== '') writeFileSync(knownHostsFile, knownHosts);
  const master: Master = {
    name: options.name ?? 'kuberm',
    reach: reachOf(sshd, options.reach),
    components: {},
  };
  return {
    master,
    knownHostsFile,
    inventory: {
      source: 'test',
      masters: [master],
      knownHostsFile,
      strictHostKeyChecking: 'yes',
      sudo: 'auto',
      cluster: { via: 'kubeconfig', kubeconfig: '/nonexistent' },
      ...options.inventory,
    },
  };
}
