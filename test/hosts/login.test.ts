// Logging in: keys of files and agents, passphrases, what a person types, and every way it can fail.
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, readFileSync } from 'node:fs';
import { createServer, type Server as NetServer } from 'node:net';
import { join } from 'node:path';
import ssh2 from 'ssh2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newKeyRing, openHost, type Prompts } from '../../src/hosts/open.ts';
import type { SshReach } from '../../src/inventory/inventory.ts';
import type { KhaError } from '../../src/model/failure.ts';
import { freePort, makeKey, masterOn, type Sshd, sshdMissing, startSshd, until } from './sshd.ts';

const nobody: Prompts | null = null;

function saying(secrets: readonly (string | null)[]): { prompts: Prompts; questions: string[] } {
  const questions: string[] = [];
  const answers = [...secrets];
  return {
    questions,
    prompts: {
      confirm: async () => false,
      secret: async (question) => {
        questions.push(question);
        return answers.shift() ?? null;
      },
    },
  };
}

describe.skipIf(sshdMissing !== null)(
  `logins at a real sshd${sshdMissing === null ? '' : ` (skipped: ${sshdMissing})`}`,
  () => {
    let sshd: Sshd;
    let locked: string;
    let oldLocked: string;
    let rsa: string;
    let stranger: string;
    beforeAll(async () => {
      sshd = await startSshd();
      locked = makeKey(join(sshd.folder, 'locked'), { passphrase: 'open sesame' });
      oldLocked = makeKey(join(sshd.folder, 'old'), {
        type: 'rsa',
        passphrase: 'open sesame',
        format: 'PEM',
      });
      rsa = makeKey(join(sshd.folder, 'rsa'), { type: 'rsa' });
      stranger = makeKey(join(sshd.folder, 'stranger'));
      const keys = [locked, oldLocked, rsa].map((file) => readFileSync(`${file}.pub`, 'utf8')).join('');
      execFileSync('tee', ['-a', join(sshd.folder, 'authorized')], {
        input: keys,
        stdio: ['pipe', 'ignore', 'inherit'],
      });
    });
    afterAll(() => sshd?.stop());

    async function attempt(reach: Partial<SshReach>, prompts: Prompts | null = nobody) {
      const { master, inventory } = masterOn(sshd, { reach });
      const host = openHost(master, inventory, { prompts });
      try {
        await host.connect();
        return { failure: null, stdout: (await host.run(['echo', 'in'])).stdout };
      } catch (error) {
        return { failure: error as KhaError, stdout: '' };
      } finally {
        await host.close();
      }
    }

    it('takes keys of several types', async () => {
      for (const file of [sshd.userKey, rsa])
        expect(await attempt({ identityFiles: [file] })).toMatchObject({ stdout: 'in\n' });
    });

    it.each(['locked', 'old'])('asks for the passphrase of %s, again when it was wrong', async (which) => {
      const { prompts, questions } = saying(['wrong', 'open sesame']);
      expect(await attempt({ identityFiles: [join(sshd.folder, which)] }, prompts)).toMatchObject({
        stdout: 'in\n',
      });
      expect(questions).toHaveLength(2);
      expect(questions[0]).toContain(join(sshd.folder, which));
    });

    it('asks once for a run: another host and another connection use the same answer', async () => {
      const { prompts, questions } = saying(['open sesame']);
      const { master, inventory } = masterOn(sshd, { reach: { identityFiles: [locked] } });
      const keyRing = newKeyRing(prompts);
      const hosts = [1, 2].map(() => openHost(master, inventory, { prompts, keyRing }));
      for (const host of hosts) await host.connect();
      await Promise.all(hosts.map((host) => host.close()));
      expect(questions).toHaveLength(1);
    });

    it('asks for no passphrase of a key that the host would not take', async () => {
      const unwanted = makeKey(join(sshd.folder, `unwanted${Math.random()}`), { passphrase: 'x' });
      const { prompts, questions } = saying([]);
      const { stdout } = await attempt({ identityFiles: [unwanted, sshd.userKey] }, prompts);
      expect(stdout).toBe('in\n');
      expect(questions).toEqual([]);
    });

    it('says that a passphrase is wrong, or that nobody is there to type it', async () => {
      const { prompts } = saying(['a', 'b', 'c']);
      expect((await attempt({ identityFiles: [locked] }, prompts)).failure).toMatchObject({
        code: 'passphrase-wrong',
        exit: 4,
      });
      const { failure } = await attempt({ identityFiles: [locked] });
      expect(failure).toMatchObject({ code: 'passphrase-needed', exit: 4 });
      expect(failure?.tryThis).toContain(`ssh-add ${locked}`);
    });

    it('says which key file is missing, or open to others', async () => {
      const missing = join(sshd.folder, 'nothing');
      const first = await attempt({ identityFiles: [missing] });
      expect(first.failure).toMatchObject({ code: 'identity-file-missing', exit: 4 });
      expect(first.failure?.message).toContain(missing);
      const open = makeKey(join(sshd.folder, `open${Math.random()}`));
      chmodSync(open, 0o644);
      const second = await attempt({ identityFiles: [open] });
      expect(second.failure).toMatchObject({ code: 'identity-file-open' });
      expect(second.failure?.tryThis).toContain('chmod 600');
      const usual = await attempt({ identityFiles: [missing, sshd.userKey], identitiesNamed: false });
      expect(usual.stdout).toBe('in\n');
    });

    it('says what was tried when the login is refused, and how to get in', async () => {
      const { failure } = await attempt({ identityFiles: [stranger] });
      expect(failure).toMatchObject({ code: 'login-refused', exit: 4 });
      expect(failure?.message).toContain(stranger);
      expect(failure?.message).toContain('it accepts publickey');
      expect(failure?.tryThis).toContain(`ssh-copy-id -i ${stranger} -p ${sshd.port}`);
      const other = await attempt({ user: 'kha-lab-nobody' });
      expect(other.failure?.code).toBe('login-refused');
    });

    describe('with an agent', () => {
      let socket: string;
      let agent: ReturnType<typeof spawn>;
      beforeAll(async () => {
        socket = join(sshd.folder, 'agent.sock');
        agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' });
        const env = { ...process.env, SSH_AUTH_SOCK: socket };
        await until(() => {
          try {
            execFileSync('ssh-add', ['-q', sshd.userKey], { env, stdio: 'ignore' });
            return true;
          } catch {
            return false;
          }
        }, 'ssh-agent answering');
        execFileSync('ssh-add', ['-q', rsa], { env, stdio: 'ignore' });
      });
      afterAll(() => void agent.kill());

      it('logs in by its keys alone', async () => {
        expect((await attempt({ identityFiles: [], agentSocket: socket })).stdout).toBe('in\n');
      });

      it('signs with an RSA key too, picked by its public half', async () => {
        const reach = { identityFiles: [rsa], identitiesOnly: true, agentSocket: socket };
        expect((await attempt(reach)).stdout).toBe('in\n');
      });

      it('offers only the named keys where told so', async () => {
        const reach = { identityFiles: [stranger], identitiesOnly: true, agentSocket: socket };
        expect((await attempt(reach)).failure?.code).toBe('login-refused');
        expect((await attempt({ ...reach, identitiesOnly: false })).stdout).toBe('in\n');
      });

      it('goes on without an agent that does not answer', async () => {
        expect((await attempt({ agentSocket: join(sshd.folder, 'none.sock') })).stdout).toBe('in\n');
      });
    });
  },
);

describe('on the way there', () => {
  const reach = (more: Partial<SshReach>): SshReach => ({
    via: 'ssh',
    host: '127.0.0.1',
    port: 22,
    user: 'root',
    identityFiles: [],
    agentSocket: null,
    ...more,
  });

  async function attempt(
    more: Partial<SshReach>,
    prompts: Prompts | null = nobody,
    strict: 'yes' | 'accept-new' = 'accept-new',
  ) {
    const master = { name: 'm', reach: reach({ knownHostsFiles: ['/dev/null'], ...more }), components: {} };
    const inventory = {
      source: 'test',
      masters: [master],
      knownHostsFile: '/dev/null',
      strictHostKeyChecking: strict,
      sudo: 'auto' as const,
      cluster: { via: 'kubeconfig' as const, kubeconfig: '/none' },
    };
    const host = openHost(master, inventory, { prompts });
    const failure = await host.connect().then(
      () => null,
      (error: unknown) => error as KhaError,
    );
    await host.close();
    return failure;
  }

  function serving(
    onConnection: (socket: import('node:net').Socket) => void,
  ): Promise<{ port: number; server: NetServer }> {
    const server = createServer(onConnection);
    return new Promise((resolve) =>
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        resolve({ server, port: typeof address === 'object' && address !== null ? address.port : 0 });
      }),
    );
  }

  it('says that a name has no address, and that nothing listens', async () => {
    expect(await attempt({ host: 'no-such-name.invalid' })).toMatchObject({
      code: 'name-not-found',
      exit: 4,
    });
    expect(await attempt({ port: await freePort() })).toMatchObject({ code: 'connection-refused', exit: 4 });
  });

  it('does not wait for ever for a server that says nothing', async () => {
    const { server, port } = await serving(() => {});
    expect(await attempt({ port, connectTimeoutMs: 200 })).toMatchObject({
      code: 'connection-timeout',
      exit: 4,
    });
    server.close();
  });

  it('says that something else answers, or hangs up', async () => {
    const web = await serving((socket) => socket.end('HTTP/1.0 400 Bad Request\r\n\r\n'));
    expect(await attempt({ port: web.port })).toMatchObject({ code: 'not-ssh', exit: 4 });
    web.server.close();
    const mute = await serving((socket) => socket.destroy());
    expect((await attempt({ port: mute.port }))?.exit).toBe(4);
    mute.server.close();
  });

  function sshServer(
    authenticate: (context: ssh2.AuthContext) => void,
  ): Promise<{ port: number; server: ssh2.Server }> {
    const { private: key } = ssh2.utils.generateKeyPairSync('ed25519');
    const server = new ssh2.Server({ hostKeys: [key] }, (client) => {
      client.on('error', () => {});
      client.on('authentication', authenticate);
    });
    return new Promise((resolve) =>
      server.listen(0, '127.0.0.1', () =>
        resolve({ server, port: (server.address() as { port: number }).port }),
      ),
    );
  }

  it('lets a person answer what the server asks', async () => {
    const { server, port } = await sshServer((context) => {
      if (context.method !== 'keyboard-interactive') return context.reject(['keyboard-interactive']);
      context.prompt(
        [
          { prompt: 'Code: ', echo: false },
          { prompt: 'Colour: ', echo: true },
        ],
        'Two factors',
        (answers) => {
          if (answers.join() === '123456,blue') context.accept();
          else context.reject();
        },
      );
    });
    const { prompts, questions } = saying(['123456', 'blue']);
    expect(await attempt({ port }, prompts)).toBeNull();
    expect(questions).toHaveLength(2);
    expect(questions[0]).toContain('Two factors Code:');
    expect(await attempt({ port })).toMatchObject({ code: 'login-refused' });
    server.close();
  });

  it('lets a person type a password, and takes no for an answer', async () => {
    const { server, port } = await sshServer((context) => {
      if (context.method === 'password' && context.password === 'right') context.accept();
      else context.reject(['password']);
    });
    const { prompts, questions } = saying(['wrong', 'right']);
    expect(await attempt({ port }, prompts)).toBeNull();
    expect(questions).toEqual([`Password of root@127.0.0.1:${port}:`, `Password of root@127.0.0.1:${port}:`]);
    const silent = saying([null]);
    expect(await attempt({ port }, silent.prompts)).toMatchObject({ code: 'login-refused' });
    expect(silent.questions).toHaveLength(1);
    server.close();
  });
});
