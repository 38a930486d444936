// Fills in ssh_config's `%` tokens and `${VAR}` in a value.
import { hostname } from 'node:os';
import { badSshConfig, type ConfigLine } from './parse.ts';

export interface TokenValues {
  readonly home: string;
  readonly localUser: string;
  readonly remoteUser: string;
  readonly host: string;
  readonly originalHost: string;
  readonly port: number;
  readonly hostKeyAlias: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Throws `bad-ssh-config` (exit 2) for a token that is not known, as OpenSSH does. */
export function fillTokens(value: string, values: TokenValues, at: ConfigLine): string {
  const withVariables = value.replaceAll(/\$\{([^}]*)\}/g, (_, name: string) => {
    const found = values.env[name];
    if (found === undefined) throw badSshConfig(at, `the environment variable ${name} is not set`);
    return found;
  });
  return withVariables.replaceAll(/%(.?)/g, (_, letter: string) => {
    switch (letter) {
      case '%':
        return '%';
      case 'd':
        return values.home;
      case 'h':
        return values.host;
      case 'i':
        return String(process.getuid?.() ?? '');
      case 'k':
        return values.hostKeyAlias ?? values.originalHost;
      case 'L':
        return hostname().split('.')[0] ?? '';
      case 'l':
        return hostname();
      case 'n':
        return values.originalHost;
      case 'p':
        return String(values.port);
      case 'r':
        return values.remoteUser;
      case 'u':
        return values.localUser;
      default:
        throw badSshConfig(at, `"%${letter}" is not known here`);
    }
  });
}
