// Whose inventory it is: the home folder, the user and the environment that `~` and defaults refer to.
import { homedir, userInfo } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';

export interface Surroundings {
  readonly home: string;
  readonly user: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** ssh_config files read when the inventory names none; the first to set an option wins. */
  readonly sshConfigFiles: readonly string[];
  /** known_hosts files of the whole machine, read after the user's own. */
  readonly globalKnownHostsFiles: readonly string[];
}

export function ownSurroundings(): Surroundings {
  const home = homedir();
  return {
    home,
    user: userInfo().username,
    env: process.env,
    sshConfigFiles: [join(home, '.ssh/config'), '/etc/ssh/ssh_config'],
    globalKnownHostsFiles: ['/etc/ssh/ssh_known_hosts'],
  };
}

/** `~` and `~/x` under `home`; anything relative under `folder`. */
export function expandPath(path: string, home: string, folder: string): string {
  if (path === '~') return home;
  if (path.startsWith('~/')) return join(home, path.slice(2));
  return isAbsolute(path) ? path : resolve(folder, path);
}
