// A private key in a file: its public half is known before any passphrase is asked for.
import { readFile, stat } from 'node:fs/promises';
import ssh2, { type ParsedKey } from 'ssh2';
import { exits, KhaError } from '../../model/failure.ts';
import { quoteArgv } from '../quote.ts';
import type { KeyRing } from './keyring.ts';

export interface Identity {
  readonly file: string;
  readonly publicKey: ParsedKey;
  /** Opens the key, asking for its passphrase if it has one. Throws KhaError (exit 4). */
  open(keyRing: KeyRing): Promise<ParsedKey>;
}

const attempts = 3;

const failure = (code: string, message: string, tryThis: string, cause?: unknown) =>
  new KhaError({ code, exit: exits.unreachable, message, tryThis, cause });

function firstKey(parsed: ParsedKey | ParsedKey[] | Error): ParsedKey | Error {
  const found = Array.isArray(parsed) ? parsed[0] : parsed;
  return found ?? new Error('no key found');
}

const needsPassphrase = (error: Error) => /no passphrase given/i.test(error.message);
const isMissing = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOENT';

/** The public half that OpenSSH's own format carries unencrypted. */
function embeddedPublicKey(text: string): ParsedKey | null {
  const match = /-----BEGIN OPENSSH PRIVATE KEY-----([\s\S]*?)-----END/.exec(text);
  if (match === null) return null;
  const bytes = Buffer.from(match[1] ?? '', 'base64');
  const magic = 'openssh-key-v1\0';
  if (bytes.subarray(0, magic.length).toString('latin1') !== magic) return null;
  let at = magic.length;
  const field = () => {
    const length = bytes.readUInt32BE(at);
    at += 4 + length;
    return bytes.subarray(at - length, at);
  };
  try {
    // Cipher, key derivation and its options come first, then the number of keys.
    field();
    field();
    field();
    at += 4;
    const key = firstKey(ssh2.utils.parseKey(field()));
    return key instanceof Error ? null : key;
  } catch {
    return null;
  }
}

async function besidePublicKey(file: string): Promise<ParsedKey | null> {
  const text = await readFile(`${file}.pub`).catch(() => null);
  if (text === null) return null;
  const key = firstKey(ssh2.utils.parseKey(text));
  return key instanceof Error ? null : key;
}

async function open(file: string, text: string, keyRing: KeyRing): Promise<ParsedKey> {
  const plain = firstKey(ssh2.utils.parseKey(text));
  if (!(plain instanceof Error)) return plain;
  if (!needsPassphrase(plain))
    throw failure(
      'identity-file-unreadable',
      `The key file ${file} cannot be used: ${plain.message}`,
      `Look at it with: ${quoteArgv(['ssh-keygen', '-lf', file])}`,
      plain,
    );
  for (let attempt = 0; attempt < attempts; attempt++) {
    const passphrase = await keyRing.passphrase(file, attempt);
    if (passphrase === null)
      throw failure(
        'passphrase-needed',
        `The key ${file} has a passphrase, and nobody is there to type it.`,
        `Add it to an agent first: ${quoteArgv(['ssh-add', file])}`,
      );
    const key = firstKey(ssh2.utils.parseKey(text, passphrase));
    if (key instanceof Error) continue;
    keyRing.keep(file, passphrase);
    return key;
  }
  throw failure(
    'passphrase-wrong',
    `The passphrase for ${file} was wrong ${attempts} times.`,
    `Try it by hand: ${quoteArgv(['ssh-keygen', '-yf', file])}`,
  );
}

/**
 * The identity in `file`, or `null` when there is none and none was asked for by name.
 * An identity of which only `FILE.pub` is there serves to pick a key of the agent.
 */
export async function readIdentity(
  file: string,
  options: { readonly named: boolean; readonly keyRing: KeyRing },
): Promise<Identity | null> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
    const { mode, uid } = await stat(file);
    if ((mode & 0o077) !== 0 && uid === process.getuid?.())
      throw failure(
        'identity-file-open',
        `The key file ${file} can be read by others (mode ${(mode & 0o777).toString(8).padStart(4, '0')}), so it is not used.`,
        `Close it: ${quoteArgv(['chmod', '600', file])}`,
      );
  } catch (cause) {
    if (cause instanceof KhaError) {
      if (options.named) throw cause;
      return null;
    }
    const publicKey = await besidePublicKey(file);
    if (publicKey !== null) return { file, publicKey, open: () => Promise.reject(onlyPublic(file)) };
    if (!options.named) return null;
    throw failure(
      isMissing(cause) ? 'identity-file-missing' : 'identity-file-unreadable',
      isMissing(cause) ? `There is no key file ${file}.` : `The key file ${file} cannot be read.`,
      isMissing(cause)
        ? `Correct "identityFile:" in the inventory, or make a key: ${quoteArgv(['ssh-keygen', '-t', 'ed25519', '-f', file])}`
        : `Look at its owner and mode: ${quoteArgv(['ls', '-l', file])}`,
      cause,
    );
  }
  const plain = firstKey(ssh2.utils.parseKey(text));
  const publicKey =
    plain instanceof Error ? (embeddedPublicKey(text) ?? (await besidePublicKey(file))) : plain;
  if (publicKey !== null) return { file, publicKey, open: (keyRing) => open(file, text, keyRing) };
  // An old format with a passphrase and without its public half: it must be opened to know which key it is.
  if (!options.named && !(plain instanceof Error && needsPassphrase(plain))) return null;
  const opened = await open(file, text, options.keyRing);
  return { file, publicKey: opened, open: () => Promise.resolve(opened) };
}

const onlyPublic = (file: string) =>
  failure(
    'identity-file-missing',
    `Of the key ${file} only the public half is here, and no agent holds the other.`,
    `Put the private key there, or add it to an agent with ssh-add.`,
  );
