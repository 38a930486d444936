// Decides whether the host that answered is the one that is known: no other is ever trusted unasked.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { StrictHostKeyChecking } from '../../inventory/inventory.ts';
import { exits, KhaError } from '../../model/failure.ts';
import type { Prompts } from '../prompts.ts';
import { quoteArgv } from '../quote.ts';
import { judgeKey } from './knownhosts/judge.ts';
import { type KnownKey, keyType, knownName, parseKnownHosts } from './knownhosts/parse.ts';
import { rememberKey } from './knownhosts/remember.ts';

export interface HostKeyPolicy {
  readonly host: string;
  readonly port: number;
  readonly alias: string | undefined;
  /** New keys go to the first. */
  readonly files: readonly string[];
  readonly strict: StrictHostKeyChecking;
  readonly hash: boolean;
  readonly prompts: Prompts | null;
}

export function nameOf({ host, port, alias }: HostKeyPolicy): string {
  return alias === undefined ? knownName(host, port) : alias.toLowerCase();
}

/** A key's fingerprint as ssh prints it. */
export function fingerprint(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}

export async function readKnownHosts(files: readonly string[]): Promise<readonly KnownKey[]> {
  const all: KnownKey[] = [];
  for (const file of files) {
    try {
      all.push(...parseKnownHosts(await readFile(file, 'utf8'), file));
    } catch (cause) {
      if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') continue;
      throw new KhaError({
        code: 'known-hosts-unreadable',
        exit: exits.unreachable,
        message: `The known hosts in ${file} cannot be read, so no host key can be judged.`,
        tryThis: `Look at its owner and mode: ${quoteArgv(['ls', '-l', file])}`,
        cause,
      });
    }
  }
  return all;
}

const refused = (code: string, message: string, tryThis: string, cause?: unknown) =>
  new KhaError({ code, exit: exits.unreachable, message, tryThis, cause });

/** Settles when the key is accepted. Throws KhaError (exit 4) otherwise; see the codes below. */
export async function verifyHostKey(
  policy: HostKeyPolicy,
  known: readonly KnownKey[],
  shown: Buffer,
): Promise<void> {
  const name = nameOf(policy);
  const kind = keyType(shown);
  const print = fingerprint(shown);
  const judgement = judgeKey(known, name, shown);
  const scan = quoteArgv([
    'ssh-keyscan',
    '-p',
    String(policy.port),
    '-t',
    kind.replace(/^ssh-|-sha2-.*$/g, ''),
    policy.host,
  ]);
  const file = policy.files[0];
  switch (judgement.verdict) {
    case 'known':
      return;
    case 'revoked':
      throw refused(
        'revoked-host-key',
        `${name} shows a key that ${judgement.held.file}:${judgement.held.line} marks as revoked (${kind} ${print}).`,
        'Do not connect: ask whoever runs the host for its new key.',
      );
    case 'changed': {
      const { held } = judgement;
      throw refused(
        'changed-host-key',
        `${name} shows another key than the one known: ${kind} ${print}, but ${held.file}:${held.line} holds ${held.type} ${fingerprint(held.key)}. Somebody may stand in between.`,
        `If the host was set up anew, check its fingerprint on its own console, then forget the old key: ${quoteArgv(['ssh-keygen', '-R', name, '-f', held.file])}`,
      );
    }
    case 'only-by-authority':
      throw refused(
        'host-certificate-unsupported',
        `${name} is known only through a certificate authority (${judgement.held.file}:${judgement.held.line}), and kha-lab does not read host certificates.`,
        `Check the fingerprint ${print} on the host's own console, then add its plain key: ${scan}${file === undefined ? '' : ` >> ${quoteArgv([file])}`}`,
      );
    case 'unknown':
      return judgeUnknown(policy, { name, kind, print, scan, shown });
  }
}

async function judgeUnknown(
  policy: HostKeyPolicy,
  key: {
    readonly name: string;
    readonly kind: string;
    readonly print: string;
    readonly scan: string;
    readonly shown: Buffer;
  },
): Promise<void> {
  const { strict, prompts, files } = policy;
  const { name, kind, print, shown } = key;
  const file = files[0];
  if (strict === 'yes' || (strict === 'ask' && prompts === null))
    throw refused(
      'unknown-host-key',
      `${name} is not among the known hosts${file === undefined ? '' : ` in ${file}`}; it shows the ${kind} key ${print}.`,
      `Check that fingerprint on the host's own console, then add the key: ${key.scan}${file === undefined ? '' : ` >> ${quoteArgv([file])}`}`,
    );
  if (strict === 'ask' && prompts !== null) {
    const question = `${name} is not known yet. Its ${kind} key has the fingerprint\n${print}\nIs this the right host? It is then added to ${file ?? 'no file'}.`;
    if (!(await prompts.confirm(question)))
      throw refused(
        'unknown-host-key',
        `The ${kind} key ${print} of ${name} was not accepted.`,
        "Compare it with the fingerprint on the host's own console: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub",
      );
  }
  if (file === undefined) return;
  try {
    rememberKey(file, { name, key: shown, hash: policy.hash });
  } catch (cause) {
    throw refused(
      'known-hosts-unwritable',
      `The key of ${name} could not be added to ${file}: ${cause instanceof Error ? cause.message : String(cause)}`,
      'Name a file that can be written: "ssh: { knownHostsFile: … }" in the inventory.',
      cause,
    );
  }
}
