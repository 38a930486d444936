// A connection over a real sshd while it is used: lost and found again, crowded, and under sudo.
import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Host } from '../../src/hosts/host.ts';
import { openHost } from '../../src/hosts/open.ts';
import type { KhaError } from '../../src/model/failure.ts';
import { childrenOf, masterOn, processesWith, type Sshd, sshdMissing, startSshd, until } from './sshd.ts';

const skipped = sshdMissing === null ? '' : ` (skipped: ${sshdMissing})`;

describe.skipIf(sshdMissing !== null)(`a connection over a real sshd${skipped}`, () => {
  let sshd: Sshd;
  const open: Host[] = [];
  beforeAll(async () => {
    sshd = await startSshd();
  });
  afterAll(async () => {
    for (const host of open) await host.close();
    await sshd?.stop();
  });

  function newHost(): Host {
    const { master, inventory } = masterOn(sshd);
    const host = openHost(master, inventory, { prompts: null });
    open.push(host);
    return host;
  }

  it('tells followers, waiting commands and listeners when it is lost, and comes back', async () => {
    const host = newHost();
    const states: string[] = [];
    const stop = host.onState((state) => states.push(state));
    await host.connect();
    await host.connect();
    const file = join(sshd.folder, 'followed.log');
    writeFileSync(file, 'one\n');
    const followed = host.follow(['tail', '-n', '+1', '-F', file]);
    const lines = followed[Symbol.asyncIterator]();
    expect((await lines.next()).value).toMatchObject({ text: 'one' });
    const waiting = host.run(['sleep', '86411']).catch((error: unknown) => error);
    await until(() => processesWith('sleep 86411').length > 0, 'the command running');

    for (const session of childrenOf(sshd.pid)) process.kill(session, 'SIGKILL');
    const lost = { code: 'connection-lost', exit: 4 };
    await expect(followed.ended).rejects.toMatchObject(lost);
    expect(await lines.next()).toEqual({ done: true, value: undefined });
    expect(await waiting).toMatchObject(lost);
    expect(states).toEqual(['up', 'lost']);
    await until(() => processesWith(file).length === 0, 'the followed command ended with the connection');

    await host.connect();
    expect(states).toEqual(['up', 'lost', 'up']);
    expect((await host.ask(['echo', 'back'])).stdout).toBe('back\n');
    expect((await host.clock()).errorMs).toBeGreaterThan(0);
    await host.close();
    expect(states).toEqual(['up', 'lost', 'up', 'closed']);
    stop();
    // A command that is not followed goes on without us, as it does with ssh.
    for (const line of processesWith('sleep 86411'))
      process.kill(Number(line.trim().split(' ')[0]), 'SIGKILL');
  });

  it('says that the host is gone when it cannot come back', async () => {
    const authorized = [readFileSync(`${sshd.userKey}.pub`, 'utf8')];
    const own = await startSshd({ authorized });
    const { master, inventory } = masterOn(own, {
      reach: { identityFiles: [sshd.userKey], knownHostsFiles: [join(sshd.folder, 'known_own')] },
    });
    writeFileSync(join(sshd.folder, 'known_own'), `[127.0.0.1]:${own.port} ${own.hostKey()}\n`);
    const host = openHost(master, inventory, { prompts: null });
    await host.connect();
    await own.stop();
    const failure = await until(
      () =>
        host.run(['true']).then(
          () => null,
          (error: unknown) => error as KhaError,
        ),
      'a failure',
    );
    expect(['connection-lost', 'connection-refused']).toContain(failure.code);
    await host.close();
  });

  it('follows a dozen files and still runs commands', async () => {
    const host = newHost();
    const files = Array.from({ length: 12 }, (_, index) => join(sshd.folder, `many-${index}.log`));
    for (const file of files) writeFileSync(file, `${file}\n`);
    const followed = files.map((file) => host.follow(['tail', '-n', '+1', '-F', file]));
    for (const [index, each] of followed.entries()) {
      const { value } = await each[Symbol.asyncIterator]().next();
      expect(value.text).toBe(files[index]);
    }
    expect((await host.run(['echo', 'still'])).stdout).toBe('still\n');
    expect((await host.ask(['echo', 'still'])).stdout).toBe('still\n');
    await host.close();
    await until(() => processesWith(join(sshd.folder, 'many-')).length === 0, 'nothing left of them');
    for (const each of followed) expect(await each.ended).toMatchObject({ code: null });
  });

  it('never starts late what was given up while it waited', async () => {
    const host = newHost();
    const [go, late] = ['go', 'late'].map((name) => join(sshd.folder, name));
    const crowd = Array.from({ length: 8 }, () =>
      host.run(['sh', '-c', `until [ -e ${go} ]; do sleep 0.05; done`]),
    );
    await until(() => processesWith(`until [ -e ${go} ]`).length >= 8, 'all places taken');
    const failure = await host
      .run(['touch', late ?? ''], { timeoutMs: 100 })
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'command-timeout' });
    writeFileSync(go ?? '', '');
    await Promise.all(crowd);
    expect((await host.run(['echo', 'next'])).stdout).toBe('next\n');
    expect(existsSync(late ?? '')).toBe(false);
    await host.close();
  });

  it('keeps two hosts apart', async () => {
    const second = await startSshd();
    const { master, inventory } = masterOn(second, { name: 'kuberm2' });
    const hosts = [newHost(), openHost(master, inventory, { prompts: null })];
    const ports = await Promise.all(hosts.map((host) => host.ask(['sh', '-c', 'echo "$SSH_CONNECTION"'])));
    expect(ports.map(({ stdout }) => Number(stdout.trim().split(' ').at(-1)))).toEqual([
      sshd.port,
      second.port,
    ]);
    await Promise.all(hosts.map((host) => host.close()));
    await second.stop();
  });

  it('takes 10,000 lines a second and keeps every one in order', async () => {
    const host = newHost();
    const script = 'i=0; while [ $i -lt 20 ]; do seq $((i*1000+1)) $((i*1000+1000)); i=$((i+1)); done';
    const count = 20_000;
    const begun = performance.now();
    const followed = [host.follow(['sh', '-c', script]), host.follow(['sh', '-c', script])];
    await Promise.all(
      followed.map(async (each) => {
        let expected = 0;
        for await (const { text } of each) {
          expected++;
          if (text !== String(expected)) throw new Error(`${text} instead of ${expected}`);
        }
        expect(expected).toBe(count);
      }),
    );
    expect((2 * count) / ((performance.now() - begun) / 1000)).toBeGreaterThan(2_000);
    await host.close();
  });

  it('holds back a command whose lines nobody takes', async () => {
    const host = newHost();
    const flag = join(sshd.folder, 'written');
    const followed = host.follow(['sh', '-c', `head -c 40000000 /dev/zero | tr '\\0' '\\n'; touch ${flag}`]);
    const lines = followed[Symbol.asyncIterator]();
    await lines.next();
    // While it is held back other commands go on.
    for (let index = 0; index < 10; index++) await host.ask(['true']);
    expect(existsSync(flag)).toBe(false);
    followed.close();
    await followed.ended;
    await host.close();
  });
});

const noSudo = sshdMissing ?? (existsSync('/usr/bin/sudo') ? null : 'no sudo: apt-get install sudo');

describe.skipIf(noSudo !== null)(`under real sudo${noSudo === null ? '' : ` (skipped: ${noSudo})`}`, () => {
  const user = `kha-lab-${process.pid % 10_000}`;
  const rules = `/etc/sudoers.d/${user}`;
  const allowed = `${user} ALL=(root) NOPASSWD: /usr/bin/tail, /usr/bin/id\n`;
  let sshd: Sshd;
  let host: Host;

  beforeAll(async () => {
    execFileSync('useradd', ['--create-home', '--shell', '/bin/bash', '--password', '*', user]);
    writeFileSync(rules, allowed, { mode: 0o440 });
    sshd = await startSshd();
    const { master, inventory } = masterOn(sshd, { reach: { user } });
    host = openHost(master, inventory, { prompts: null });
    await host.connect();
  });
  afterAll(async () => {
    await host?.close();
    await sshd?.stop();
    rmSync(rules, { force: true });
    await until(() => {
      try {
        execFileSync('userdel', ['--remove', user], { stdio: 'ignore' });
        return true;
      } catch {
        return false;
      }
    }, 'the user gone');
  });

  it('precedes one program, where asked and needed', async () => {
    expect((await host.run(['id', '-u'])).stdout).not.toBe('0\n');
    for (const way of ['run', 'ask', 'runTimed'] as const)
      expect((await host[way](['id', '-u'], { sudo: true })).stdout).toBe('0\n');
    expect(host.commandLine(['id', '-u'], { sudo: true })).toBe('sudo -n id -u');
  });

  it('says that sudo refuses, and where to look', async () => {
    for (const way of ['run', 'ask', 'runTimed'] as const) {
      const failure = await host[way](['cat', '/etc/shadow'], { sudo: true }).catch(
        (error: unknown) => error,
      );
      expect(failure).toMatchObject({ code: 'sudo-refused', exit: 4 });
      expect((failure as KhaError).tryThis).toContain('kha-lab doctor');
    }
    const followed = host.follow(['cat', '/etc/shadow'], { sudo: true });
    await expect(followed.ended).rejects.toMatchObject({ code: 'sudo-refused' });
  });

  it.each(['use_pty', '!use_pty'])(
    'leaves nothing of a file followed as root behind (%s)',
    async (terminal) => {
      writeFileSync(rules, `Defaults:${user} ${terminal}\n${allowed}`, { mode: 0o440 });
      const file = join(sshd.folder, `private-${terminal}.log`);
      writeFileSync(file, 'one\n', { mode: 0o600 });
      const followed = host.follow(['tail', '-n', '+1', '-F', file], { sudo: true });
      const lines = followed[Symbol.asyncIterator]();
      expect((await lines.next()).value).toMatchObject({ text: 'one' });
      appendFileSync(file, 'two\n');
      expect((await lines.next()).value).toMatchObject({ text: 'two' });
      followed.close();
      await until(() => processesWith(file).length === 0, 'nothing left of it');
    },
  );

  it('and nothing when the connection is lost', async () => {
    const file = join(sshd.folder, 'private2.log');
    writeFileSync(file, 'one\n', { mode: 0o600 });
    const followed = host.follow(['tail', '-n', '+1', '-F', file], { sudo: true });
    await followed[Symbol.asyncIterator]().next();
    for (const session of childrenOf(sshd.pid))
      for (const pid of [...childrenOf(session), session])
        if (processesWith('sshd: ').some((line) => Number(line.trim().split(' ')[0]) === pid))
          process.kill(pid, 'SIGKILL');
    await expect(followed.ended).rejects.toMatchObject({ code: 'connection-lost' });
    await until(() => processesWith(file).length === 0, 'nothing left of it');
  });
});
