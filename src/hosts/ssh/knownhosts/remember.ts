// Adds a host's key to known_hosts: never twice, never half, and readable by its owner alone.
import { createHmac, randomBytes } from 'node:crypto';
import { appendFileSync, closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { holdsName, keyType, parseKnownHosts } from './parse.ts';

function hashed(name: string): string {
  const salt = randomBytes(20);
  return `|1|${salt.toString('base64')}|${createHmac('sha1', salt).update(name).digest('base64')}`;
}

/**
 * Appended in a single write, so that neither another program's line nor ours is lost; looked up and written
 * without a pause between, so that two connections of ours do not both write it. Throws what the file system throws.
 */
export function rememberKey(
  file: string,
  entry: { readonly name: string; readonly key: Buffer; readonly hash: boolean },
): void {
  // One level, as for ~/.ssh: making more of them never ends where a file system refuses it, as /proc does.
  if (!existsSync(dirname(file))) mkdirSync(dirname(file), { mode: 0o700 });
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const held = parseKnownHosts(text, file).some(
    (each) => each.marker === null && each.key.equals(entry.key) && holdsName(each, entry.name),
  );
  if (held) return;
  const names = entry.hash ? hashed(entry.name) : entry.name;
  const line = `${names} ${keyType(entry.key)} ${entry.key.toString('base64')}\n`;
  const descriptor = openSync(file, 'a', 0o600);
  try {
    appendFileSync(descriptor, text === '' || text.endsWith('\n') ? line : `\n${line}`);
    fsyncQuietly(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** /dev/null and pipes cannot be synced, and need not be. */
function fsyncQuietly(descriptor: number): void {
  try {
    fsyncSync(descriptor);
  } catch {
    // Not a file on a disk.
  }
}
