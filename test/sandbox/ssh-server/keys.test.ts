// Keys made for one run: every one of them usable.
import ssh2 from 'ssh2';
import { expect, it } from 'vitest';
import { createSshKeys, knownHostsLine } from '../../../src/sandbox/ssh-server/keys.ts';

it('makes no key that cannot be read back', () => {
  for (let left = 1_500; left > 0; left -= 1) {
    const { privateKey, publicKey } = createSshKeys('one');
    for (const text of [privateKey, publicKey]) expect(ssh2.utils.parseKey(text)).not.toBeInstanceOf(Error);
  }
});

it('writes a line of known_hosts without the comment', () => {
  const { publicKey } = createSshKeys('one of a run');
  const [kind, key] = publicKey.split(' ');
  expect(knownHostsLine(['[127.0.0.1]:22022'], publicKey)).toBe(`[127.0.0.1]:22022 ${kind} ${key}\n`);
});
