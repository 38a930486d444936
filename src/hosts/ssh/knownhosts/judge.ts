// Judges the key a host shows by what known_hosts holds.
import { holdsName, type KnownKey, keyType } from './parse.ts';

export type Judgement =
  | { readonly verdict: 'known' }
  | { readonly verdict: 'unknown' }
  /** Other keys are held for this name: nearest is the one of the same type, where there is one. */
  | { readonly verdict: 'changed'; readonly held: KnownKey }
  | { readonly verdict: 'revoked'; readonly held: KnownKey }
  /** Only a certificate authority vouches for this name, and the host showed a plain key. */
  | { readonly verdict: 'only-by-authority'; readonly held: KnownKey };

export function judgeKey(entries: readonly KnownKey[], name: string, shown: Buffer): Judgement {
  const mine = entries.filter((entry) => holdsName(entry, name));
  const revoked = mine.find(({ marker, key }) => marker === 'revoked' && key.equals(shown));
  if (revoked !== undefined) return { verdict: 'revoked', held: revoked };
  const plain = mine.filter(({ marker }) => marker === null);
  if (plain.some(({ key }) => key.equals(shown))) return { verdict: 'known' };
  const held = plain.find(({ type }) => type === keyType(shown)) ?? plain[0];
  if (held !== undefined) return { verdict: 'changed', held };
  const authority = mine.find(({ marker }) => marker === 'cert-authority');
  return authority === undefined ? { verdict: 'unknown' } : { verdict: 'only-by-authority', held: authority };
}

/** Host key algorithms in the order to ask for: those whose key is held first, so that it can be recognised. */
export function orderAlgorithms(
  entries: readonly KnownKey[],
  name: string,
  usual: readonly string[],
): string[] {
  const held = new Set(
    entries.filter((entry) => entry.marker === null && holdsName(entry, name)).map(({ type }) => type),
  );
  const typeOf = (algorithm: string) => (algorithm.startsWith('rsa-sha2-') ? 'ssh-rsa' : algorithm);
  const isHeld = (algorithm: string) => held.has(typeOf(algorithm));
  return [...usual.filter(isHeld), ...usual.filter((algorithm) => !isHeld(algorithm))];
}
