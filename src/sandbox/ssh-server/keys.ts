// SSH keys of one run, and the files a client reads them from.
import ssh2 from 'ssh2';

export interface SshKeys {
  /** OpenSSH's own private key form. */
  readonly privateKey: string;
  /** `ssh-ed25519 AAAA… comment` */
  readonly publicKey: string;
}

export function createSshKeys(comment: string): SshKeys {
  for (;;) {
    const made = ssh2.utils.generateKeyPairSync('ed25519', { comment });
    // ssh2 drops a public key's leading zero byte, which one key in 256 has: such a one is not usable.
    if (!(ssh2.utils.parseKey(made.public) instanceof Error))
      return { privateKey: made.private, publicKey: made.public };
  }
}

/** A line of known_hosts for a server on a loopback port. */
export function knownHostsLine(names: readonly string[], hostKey: string): string {
  return `${names.join(',')} ${hostKey.split(' ').slice(0, 2).join(' ')}\n`;
}
