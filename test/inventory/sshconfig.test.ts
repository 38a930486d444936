// ssh_config as ssh itself reads it: held against `ssh -G`, and refused where only ssh can do it.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { editDistance, nearest } from '../../src/inventory/nearest.ts';
import { matchesList, matchesPattern } from '../../src/inventory/sshconfig/patterns.ts';
import { type SettingsQuery, sshSettings } from '../../src/inventory/sshconfig/settings.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kha-sshconfig-'));
  mkdirSync(join(folder, 'more.d'));
  writeFileSync(join(folder, 'more.d/10-a.conf'), 'Port 2010\nHost inc*\n  User included\n');
  writeFileSync(join(folder, 'more.d/20-b.conf'), 'Port 2020\n');
  writeFileSync(join(folder, 'more.d/.hidden.conf'), 'Port 2099\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const here = () => ({
  home: homedir(),
  user: userInfo().username,
  env: process.env,
  sshConfigFiles: [],
  globalKnownHostsFiles: [],
});

function settings(text: string, query: Partial<SettingsQuery> & { host: string }) {
  const file = join(folder, 'config');
  writeFileSync(file, text);
  return sshSettings({ configFile: file, ...query }, here());
}

const hasSsh = (() => {
  try {
    execFileSync('ssh', ['-V'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

/** What `ssh -G` says, for the options that we read too. */
function accordingToSsh(text: string, host: string) {
  const file = join(folder, 'config');
  writeFileSync(file, text);
  const lines = execFileSync('ssh', ['-G', '-F', file, host], { encoding: 'utf8' }).trim().split('\n');
  const all = (key: string) =>
    lines.filter((line) => line.startsWith(`${key} `)).map((line) => line.slice(key.length + 1));
  return {
    hostName: all('hostname')[0],
    port: Number(all('port')[0]),
    user: all('user')[0],
    identitiesOnly: all('identitiesonly')[0] === 'yes',
    hostKeyAlias: all('hostkeyalias')[0],
    identityFiles: all('identityfile').filter(
      (name) => text.includes('IdentityFile') && !name.startsWith('~/.ssh/id_'),
    ),
  };
}

const basics = `# the lab
Host *.lab !bad.lab
  User labuser
Host kuberm kuberm2
  HostName %h.example.org
  Port 2222
  IdentityFile ${tmpdir()}/%r@%h-%p.key
  IdentityFile "${tmpdir()}/with space"
  HostKeyAlias masters
Host quoted
  User "ann b"   # with a comment
Host eq
  Port=2022
  User = x
Match originalhost special user ${userInfo().username}
  Port 7000
Match host *.example.org,!kuberm2.example.org
  User matched
Match !host nothere originalhost not*
  Port 7001
Match final all
  IdentitiesOnly yes
Host *
  User fallback
  Port 22222
  IdentityFile ${tmpdir()}/general
`;

describe.skipIf(!hasSsh)('against ssh -G', () => {
  const hosts = [
    'kuberm',
    'kuberm2',
    'a.lab',
    'bad.lab',
    'eq',
    'special',
    'nothing',
    'x.example.org',
    'quoted',
  ];
  it.each(hosts)('reads %s alike', async (host) => {
    const expected = accordingToSsh(basics, host);
    const found = await settings(basics, { host });
    // `ssh -G` leaves the tokens of files unfilled.
    expected.identityFiles = expected.identityFiles.map((name) =>
      name
        .replace('%r', expected.user ?? '')
        .replace('%h', expected.hostName ?? '')
        .replace('%p', String(expected.port)),
    );
    expect({ ...expected, ...found }).toMatchObject(expected);
  });

  it.each(['inc1', 'out1', 'other'])('follows Include for %s', async (host) => {
    const text = `Host inc*\n  Include ${folder}/more.d/*.conf\nHost out*\n  Port 99\n  Include ${folder}/none.conf\n  User after\n`;
    const expected = accordingToSsh(text, host);
    const found = await settings(text, { host });
    expect({ hostName: found.hostName, port: found.port ?? 22, user: found.user ?? here().user }).toEqual({
      hostName: expected.hostName,
      port: expected.port,
      user: expected.user,
    });
  });
});

describe('what only ssh can do', () => {
  it.each([
    ['ProxyJump bastion', 'goes through another host'],
    ['ProxyCommand nc %h %p', 'goes through another host'],
    ['CanonicalizeHostname yes', 'rewrites host names'],
    ['CertificateFile ~/.ssh/c', 'logs in with a certificate'],
    ['Match exec "true"', 'only ssh itself can judge'],
    ['Match localnetwork 10.0.0.0/8', 'only ssh itself can judge'],
  ])('refuses %s', async (line, sentence) => {
    const failure = await settings(`Host a\n${line}\n  Port 22\n`, { host: 'a' }).catch(
      (error: unknown) => error,
    );
    expect(failure).toMatchObject({ code: 'ssh-config-unsupported', exit: 2 });
    expect((failure as Error).message).toContain(sentence);
    expect((failure as Error).message).toContain(`${folder}/config:2`);
  });

  it('does not mind them for other hosts, or switched off', async () => {
    const text =
      'Host b\n ProxyJump c\nMatch originalhost b exec "false"\n Port 1\nHost a\n ProxyJump none\nHost *\n ProxyCommand x\n Port 5\n';
    expect((await settings(text, { host: 'a' })).port).toBe(5);
  });

  it.each([
    ['Port many', '"many" is not a port'],
    ['User "x', 'a quote is not closed'],
    ['User', '"User" has a keyword but no value'],
    ['IdentityFile ~/%Z', '"%Z" is not known here'],
  ])('names the line of %s', async (line, sentence) => {
    const failure = await settings(`\n${line}\n`, { host: 'a' }).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: 'bad-ssh-config',
      exit: 2,
      message: `${folder}/config:2: ${sentence}`,
    });
  });

  it('never lets ssh_config switch the host key check off', async () => {
    expect((await settings('StrictHostKeyChecking no', { host: 'a' })).strictHostKeyChecking).toBe('ask');
  });

  it('reads agents, files for known hosts and the rest', async () => {
    const text =
      'IdentityAgent none\nUserKnownHostsFile ~/a %d/b\nAddressFamily inet6\nConnectTimeout 3\nHashKnownHosts yes';
    expect(await settings(text, { host: 'a' })).toMatchObject({
      agentSocket: null,
      knownHostsFiles: [join(homedir(), 'a'), join(homedir(), 'b')],
      addressFamily: 6,
      connectTimeoutMs: 3000,
      hashKnownHosts: true,
    });
  });
});

describe('patterns', () => {
  it('match as a regular expression of the same meaning would', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?', '.'), maxLength: 8 });
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 8 });
    fc.assert(
      fc.property(text, letters, (subject, pattern) => {
        const source = pattern.replaceAll('.', '\\.').replaceAll('*', '.*').replaceAll('?', '.');
        expect(matchesPattern(subject, pattern)).toBe(new RegExp(`^${source}$`).test(subject));
      }),
    );
  });

  it('a negated match rules out the list, and negation alone matches nothing', () => {
    expect(matchesList('a.lab', ['*.lab', '!b.lab'])).toBe(true);
    expect(matchesList('b.lab', ['*.lab', '!b.lab'])).toBe(false);
    expect(matchesList('c', ['!b.lab'])).toBe(false);
  });
});

describe('nearest', () => {
  it('finds what was meant, and nothing when nothing is near', () => {
    expect(nearest('masterz', ['masters', 'ssh'])).toBe('masters');
    expect(nearest('identity_file', ['identityFile', 'host'])).toBe('identityFile');
    expect(nearest('xyz', ['masters', 'ssh'])).toBeNull();
  });

  it('is a distance', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 });
    fc.assert(
      fc.property(word, word, (one, other) => {
        expect(editDistance(one, other)).toBe(editDistance(other, one));
        expect(editDistance(one, other) === 0).toBe(one === other);
        expect(editDistance(one, other)).toBeLessThanOrEqual(Math.max(one.length, other.length));
      }),
    );
  });
});
