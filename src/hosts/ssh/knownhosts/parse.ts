// Reads known_hosts: which keys are held for which names, and which are revoked.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { matchesList } from '../../../inventory/sshconfig/patterns.ts';

export interface KnownKey {
  readonly marker: 'cert-authority' | 'revoked' | null;
  readonly names: string;
  readonly type: string;
  /** The public key as it goes over the wire. */
  readonly key: Buffer;
  readonly file: string;
  readonly line: number;
}

/** Lines that are not understood are left out, as OpenSSH does: they vouch for nobody. */
export function parseKnownHosts(text: string, file: string): readonly KnownKey[] {
  return text.split('\n').flatMap((raw, index) => {
    const words = raw.trim().split(/[ \t]+/);
    if (raw.trim() === '' || raw.trim().startsWith('#')) return [];
    let marker: KnownKey['marker'] = null;
    if (words[0]?.startsWith('@')) {
      const found = words.shift()?.slice(1);
      if (found !== 'cert-authority' && found !== 'revoked') return [];
      marker = found;
    }
    const [names, type, encoded] = words;
    if (names === undefined || type === undefined || encoded === undefined) return [];
    const key = Buffer.from(encoded, 'base64');
    return keyType(key) === type ? [{ marker, names, type, key, file, line: index + 1 }] : [];
  });
}

/** The type written inside a public key. */
export function keyType(key: Buffer): string {
  if (key.length < 4) return '';
  return key.subarray(4, 4 + key.readUInt32BE(0)).toString('latin1');
}

/** The name a host has in known_hosts. */
export function knownName(host: string, port: number): string {
  const name = host.toLowerCase();
  return port === 22 ? name : `[${name}]:${port}`;
}

export function holdsName(entry: KnownKey, name: string): boolean {
  if (!entry.names.startsWith('|')) return matchesList(name, entry.names.toLowerCase().split(','));
  const [, version, salt = '', hash = ''] = entry.names.split('|');
  if (version !== '1') return false;
  const expected = Buffer.from(hash, 'base64');
  const found = createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest();
  return expected.length === found.length && timingSafeEqual(expected, found);
}
