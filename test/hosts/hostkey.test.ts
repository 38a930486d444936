// The host key held against known_hosts, in every case that OpenSSH knows: nobody unknown is trusted unasked.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Prompts } from '../../src/hosts/open.ts';
import { openHost } from '../../src/hosts/open.ts';
import { holdsName, parseKnownHosts } from '../../src/hosts/ssh/knownhosts/parse.ts';
import type { Inventory, SshReach } from '../../src/inventory/inventory.ts';
import type { KhaError } from '../../src/model/failure.ts';
import { makeKey, masterOn, type Sshd, sshdMissing, startSshd } from './sshd.ts';

const here = describe.skipIf(sshdMissing !== null);

here(`host keys over a real sshd${sshdMissing === null ? '' : ` (skipped: ${sshdMissing})`}`, () => {
  let sshd: Sshd;
  let other: string;
  beforeAll(async () => {
    sshd = await startSshd({ hostKeys: ['ed25519', 'ecdsa', 'rsa'] });
    const key = makeKey(join(sshd.folder, 'other'));
    other = readFileSync(`${key}.pub`, 'utf8').split(' ').slice(0, 2).join(' ');
  });
  afterAll(() => sshd?.stop());

  const name = () => `[127.0.0.1]:${sshd.port}`;

  async function tryWith(
    knownHosts: string,
    options: {
      reach?: Partial<SshReach>;
      strict?: Inventory['strictHostKeyChecking'];
      prompts?: Prompts;
    } = {},
  ) {
    const { master, inventory, knownHostsFile } = masterOn(sshd, {
      knownHosts,
      ...(options.reach === undefined ? {} : { reach: options.reach }),
      inventory: { strictHostKeyChecking: options.strict ?? 'yes' },
    });
    const host = openHost(master, inventory, { prompts: options.prompts ?? null });
    try {
      await host.connect();
      return { knownHostsFile, failure: null };
    } catch (error) {
      return { knownHostsFile, failure: error as KhaError };
    } finally {
      await host.close();
    }
  }

  const asked = (answer: boolean) => {
    const questions: string[] = [];
    const prompts: Prompts = {
      confirm: async (question) => {
        questions.push(question);
        return answer;
      },
      secret: async () => null,
    };
    return { prompts, questions };
  };

  it.each(['ed25519', 'ecdsa', 'rsa'] as const)(
    'knows a host of which only the %s key is held',
    async (type) => {
      expect((await tryWith(`${name()} ${sshd.hostKey(type)}\n`)).failure).toBeNull();
    },
  );

  it('knows a hashed name', async () => {
    const file = join(sshd.folder, 'hashed');
    writeFileSync(file, `${name()} ${sshd.hostKey()}\n`);
    execFileSync('ssh-keygen', ['-q', '-H', '-f', file], { stdio: 'ignore' });
    const text = readFileSync(file, 'utf8');
    expect(text).toMatch(/^\|1\|/);
    expect((await tryWith(text)).failure).toBeNull();
  });

  it('knows wildcards, and heeds what they leave out', async () => {
    expect((await tryWith(`other,[127.0.0.*]:${sshd.port} ${sshd.hostKey()}\n`)).failure).toBeNull();
    expect((await tryWith(`[127.0.0.*]:${sshd.port},!${name()} ${sshd.hostKey()}\n`)).failure).toMatchObject({
      code: 'unknown-host-key',
    });
  });

  it('knows a host by its alias', async () => {
    const reach = { hostKeyAlias: 'Masters' };
    expect((await tryWith(`masters ${sshd.hostKey()}\n`, { reach })).failure).toBeNull();
    expect((await tryWith(`${name()} ${sshd.hostKey()}\n`, { reach })).failure?.code).toBe(
      'unknown-host-key',
    );
  });

  it('does not take the key of another port for this one', async () => {
    const { failure } = await tryWith(`127.0.0.1 ${sshd.hostKey()}\n`);
    expect(failure).toMatchObject({ code: 'unknown-host-key', exit: 4 });
    expect(failure?.message).toContain(`${name()} is not among the known hosts`);
    expect(failure?.message).toMatch(/SHA256:[A-Za-z0-9+/]{43}/);
    expect(failure?.tryThis).toContain(`ssh-keyscan -p ${sshd.port} -t ed25519 127.0.0.1 >> `);
  });

  it('stops hard at a changed key, whatever the setting', async () => {
    for (const strict of ['yes', 'ask', 'accept-new'] as const) {
      const { prompts, questions } = asked(true);
      const { failure, knownHostsFile } = await tryWith(`# mine\n${name()} ${other}\n`, { strict, prompts });
      expect(failure).toMatchObject({ code: 'changed-host-key', exit: 4 });
      expect(failure?.message).toContain(`${knownHostsFile}:2`);
      expect(failure?.tryThis).toContain(`ssh-keygen -R '${name()}' -f ${knownHostsFile}`);
      expect(questions).toEqual([]);
      expect(readFileSync(knownHostsFile, 'utf8')).toBe(`# mine\n${name()} ${other}\n`);
    }
  });

  it('stops at a key of another type than the one held', async () => {
    const rsa = readFileSync(
      `${makeKey(join(sshd.folder, `rsa${Math.random()}`), { type: 'rsa' })}.pub`,
      'utf8',
    );
    const { failure } = await tryWith(`${name()} ${rsa}`, { strict: 'accept-new' });
    expect(failure?.code).toBe('changed-host-key');
  });

  it('stops at a revoked key, though it is held as well', async () => {
    const { failure } = await tryWith(`${name()} ${sshd.hostKey()}\n@revoked * ${sshd.hostKey()}\n`);
    expect(failure).toMatchObject({ code: 'revoked-host-key', exit: 4 });
  });

  it('says that it reads no host certificates', async () => {
    const { failure } = await tryWith(`@cert-authority * ${other}\n`, { strict: 'accept-new' });
    expect(failure).toMatchObject({ code: 'host-certificate-unsupported', exit: 4 });
  });

  it('refuses the unknown when set to yes, or when there is nobody to ask', async () => {
    for (const strict of ['yes', 'ask'] as const) {
      const { failure, knownHostsFile } = await tryWith('', { strict });
      expect(failure?.code).toBe('unknown-host-key');
      expect(existsSync(knownHostsFile)).toBe(false);
    }
  });

  it('asks, showing the fingerprint that ssh-keygen shows, and does as told', async () => {
    const [, print] = execFileSync('ssh-keygen', ['-lf', join(sshd.folder, 'host_ed25519.pub')], {
      encoding: 'utf8',
    }).split(' ');
    const no = asked(false);
    const refusedOne = await tryWith('', { strict: 'ask', prompts: no.prompts });
    expect(refusedOne.failure?.code).toBe('unknown-host-key');
    expect(existsSync(refusedOne.knownHostsFile)).toBe(false);
    expect(no.questions).toHaveLength(1);
    expect(no.questions[0]).toContain(print);
    const yes = asked(true);
    const accepted = await tryWith('', { strict: 'ask', prompts: yes.prompts });
    expect(accepted.failure).toBeNull();
    expect(readFileSync(accepted.knownHostsFile, 'utf8')).toBe(`${name()} ${sshd.hostKey()}\n`);
    expect(statSync(accepted.knownHostsFile).mode & 0o777).toBe(0o600);
  });

  it('asks once, though no file keeps the answer, and once for all its connections', async () => {
    const { prompts, questions } = asked(true);
    const { master, inventory } = masterOn(sshd, {
      reach: { knownHostsFiles: ['/dev/null'] },
      inventory: { strictHostKeyChecking: 'ask' },
    });
    const host = openHost(master, inventory, { prompts });
    const followed = Array.from({ length: 6 }, () => host.follow(['echo', 'here']));
    for (const each of followed) expect(await each.ended).toMatchObject({ code: 0 });
    await host.close();
    await host.connect();
    await host.close();
    expect(questions).toHaveLength(1);
  });

  it('accept-new adds the key once, even for many connections at a time, after whatever was there', async () => {
    const { master, inventory, knownHostsFile } = masterOn(sshd, {
      knownHosts: 'elsewhere ssh-ed25519 AAAA',
      inventory: { strictHostKeyChecking: 'accept-new' },
    });
    const hosts = Array.from({ length: 3 }, () => openHost(master, inventory, { prompts: null }));
    await Promise.all(hosts.map((host) => host.connect()));
    await Promise.all(hosts.map((host) => host.close()));
    expect(readFileSync(knownHostsFile, 'utf8')).toBe(
      `elsewhere ssh-ed25519 AAAA\n${name()} ${sshd.hostKey()}\n`,
    );
  });

  it('writes hashed names where ssh_config wants them, and ssh-keygen finds them', async () => {
    const { failure, knownHostsFile } = await tryWith('', {
      strict: 'accept-new',
      reach: { hashKnownHosts: true },
    });
    expect(failure).toBeNull();
    expect(readFileSync(knownHostsFile, 'utf8')).toMatch(/^\|1\|.*\n$/);
    expect(execFileSync('ssh-keygen', ['-F', name(), '-f', knownHostsFile], { encoding: 'utf8' })).toContain(
      'found',
    );
  });

  it('says so when the key cannot be kept', async () => {
    const { failure } = await tryWith('', {
      strict: 'accept-new',
      reach: { knownHostsFiles: ['/proc/kha/known_hosts'] },
    });
    expect(failure).toMatchObject({ code: 'known-hosts-unwritable', exit: 4 });
  });
});

describe('known_hosts', () => {
  it('finds the names that ssh-keygen -F finds', () => {
    const folder = mkdtempSync(join(tmpdir(), 'kha-known-'));
    try {
      const key = readFileSync(`${makeKey(join(folder, 'k'))}.pub`, 'utf8')
        .split(' ')
        .slice(0, 2)
        .join(' ');
      const names = ['a', 'b.example.org', '[a]:2222', '10.0.0.1', '[::1]:22', '*.lab,!x.lab', 'MixedCase'];
      const file = join(folder, 'known_hosts');
      writeFileSync(file, `${names.map((each) => `${each} ${key}`).join('\n')}\n`);
      const entries = parseKnownHosts(readFileSync(file, 'utf8'), file);
      for (const wanted of [
        'a',
        '[a]:2222',
        'c',
        'b.example.org',
        'y.lab',
        'x.lab',
        '10.0.0.1',
        'mixedcase',
      ]) {
        let expected = true;
        try {
          execFileSync('ssh-keygen', ['-F', wanted, '-f', file], { stdio: 'ignore' });
        } catch {
          expected = false;
        }
        expect([wanted, entries.some((entry) => holdsName(entry, wanted))]).toEqual([wanted, expected]);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('leaves out what vouches for nobody', () => {
    const text =
      '# x\n\nonly\na ssh-ed25519\na ssh-ed25519 AAAA\n@unknown a ssh-rsa AAAA\na ssh-rsa AAAAC3NzaC1lZDI1NTE5\n';
    expect(parseKnownHosts(text, 'f')).toEqual([]);
  });
});
