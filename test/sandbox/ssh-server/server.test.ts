// One master's SSH server, over a real connection: sessions, their ends, their limit, tunnels.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ssh2, { type Client, type ClientChannel } from 'ssh2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSshKeys } from '../../../src/sandbox/ssh-server/keys.ts';
import { type SshServer, startSshServer } from '../../../src/sandbox/ssh-server/server.ts';
import { until } from '../supervisor/poll.ts';

describe('a master’s SSH server', () => {
  const hostKeys = createSshKeys('host');
  const clientKeys = createSshKeys('client');
  let root: string;
  let server: SshServer;
  let client: Client;
  let groups: Set<number>;
  let echo: Server;

  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), 'kha-ssh-'));
    groups = new Set();
    echo = createServer((socket) => socket.pipe(socket)).listen(0, '127.0.0.1');
    server = await startSshServer({
      hostKey: hostKeys.privateKey,
      clientKey: clientKeys.publicKey,
      user: 'root',
      sessions: {
        cwd: root,
        env: { PATH: '/usr/bin:/bin', HOME: root },
        guard: { add: (group) => groups.add(group), remove: (group) => groups.delete(group) },
      },
      resolveTunnel: (host, port) => (host === '172.16.155.158' && port === 6443 ? portOf(echo) : null),
    });
    client = await connected(server.port, clientKeys.privateKey);
  });
  afterEach(async () => {
    client.destroy();
    echo.close();
    await until('every process group is gone', () => groups.size === 0);
    server.endConnections();
    rmSync(root, { recursive: true, force: true });
  });

  const exec = (command: string, options = {}) =>
    new Promise<ClientChannel>((resolve, reject) => {
      client.exec(command, options, (error, channel) => (error ? reject(error) : resolve(channel)));
    });
  const outputOf = async (channel: ClientChannel) => {
    let text = '';
    channel.on('data', (chunk: Buffer) => {
      text += chunk;
    });
    const [code, signal] = await new Promise<unknown[]>((resolve) => {
      channel.once('exit', (...how) => channel.once('close', () => resolve(how)));
    });
    return { text, code, signal };
  };

  it('runs commands in the master’s root folder, with little in their environment', async () => {
    const { text } = await outputOf(
      await exec('pwd; env | grep -c .; echo $LC_ALL', { env: { LC_ALL: 'C', SECRET: 'x' } }),
    );
    const [folder, count, locale] = text.trim().split('\n');
    expect(folder).toContain('kha-ssh-');
    expect(Number(count)).toBeLessThan(9);
    expect(locale).toBe('C');
  });

  it('says how a command ended', async () => {
    expect(await outputOf(await exec('exit 9'))).toMatchObject({ code: 9 });
    expect(await outputOf(await exec('kill -USR1 $$'))).toMatchObject({ code: null, signal: 'SIGUSR1' });
  });

  it('passes megabytes both ways', async () => {
    const channel = await exec('cat');
    const reading = outputOf(channel);
    const big = 'x'.repeat(3_000_000);
    channel.end(big);
    expect((await reading).text.length).toBe(big.length);
  });

  it('passes signals on', async () => {
    const channel = await exec("trap 'echo caught; exit 5' TERM; echo set; while :; do sleep 0.05; done");
    let text = '';
    channel.on('data', (chunk: Buffer) => {
      text += chunk;
    });
    await until('the trap is set', () => text.includes('set'));
    const ending = outputOf(channel);
    channel.signal('TERM');
    expect(await ending).toMatchObject({ text: 'caught\n', code: 5 });
  });

  it('ends a command’s whole group when its channel closes', async () => {
    const channel = await exec('sleep 1000 & sleep 1000');
    const group = await until('it runs', () => [...groups][0]);
    channel.close();
    await until('its group is gone', () => groups.size === 0);
    await until('nothing of it runs', () => !isAlive(group));
  });

  it('ends a command that ignores the hangup when the connection is lost', async () => {
    const channel = await exec("trap '' HUP TERM; echo set; while :; do sleep 0.05; done");
    await until('it is deaf', () => channel.read()?.toString().includes('set'));
    const [group = 0] = groups;
    client.destroy();
    await until('its group is gone', () => groups.size === 0);
    await until('nothing of it runs', () => !isAlive(group));
  });

  it('opens ten sessions on one connection, and no more', async () => {
    const open = await Promise.all(Array.from({ length: 10 }, () => exec('sleep 1000')));
    await expect(exec('true')).rejects.toThrow(/Channel open failure/);
    const gone = new Promise((resolve) => open[0]?.once('close', resolve));
    open[0]?.resume().close();
    await gone;
    expect(await until('there is room', () => exec('exit 3').catch(() => null)).then(outputOf)).toMatchObject(
      { code: 3 },
    );
  });

  it('gives a terminal of the size asked for, where there is `script`', async (context) => {
    const channel = await exec('tty >/dev/null && stty size', {
      pty: { rows: 40, cols: 100, term: 'xterm' },
    }).catch(() => null);
    if (!channel) return context.skip();
    expect((await outputOf(channel)).text.trim()).toBe('40 100');
  });

  it('tunnels to what it stands for, and refuses the rest', async () => {
    const tunnel = (host: string, port: number) =>
      new Promise<ClientChannel>((resolve, reject) => {
        client.forwardOut('127.0.0.1', 1, host, port, (error, channel) =>
          error ? reject(error) : resolve(channel),
        );
      });
    const channel = await tunnel('172.16.155.158', 6443);
    const answered = new Promise<string>((resolve) =>
      channel.once('data', (chunk: Buffer) => resolve(`${chunk}`)),
    );
    channel.write('hello');
    expect(await answered).toBe('hello');
    channel.close();
    await expect(tunnel('127.0.0.1', portOf(echo))).rejects.toThrow(/Channel open failure/);
  });

  it('knows one key and one user', async () => {
    await expect(connected(server.port, createSshKeys('other').privateKey)).rejects.toThrow(
      /authentication methods failed/,
    );
    await expect(connected(server.port, clientKeys.privateKey, 'nobody')).rejects.toThrow(
      /authentication methods failed/,
    );
  });
});

function connected(port: number, privateKey: string, username = 'root'): Promise<Client> {
  return new Promise((resolve, reject) => {
    const client = new ssh2.Client();
    client.once('ready', () => resolve(client)).on('error', reject);
    client.connect({ host: '127.0.0.1', port, username, privateKey });
  });
}

function isAlive(group: number): boolean {
  try {
    process.kill(-group, 0);
    return true;
  } catch {
    return false;
  }
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}
