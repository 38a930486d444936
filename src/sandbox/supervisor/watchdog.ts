// Outlives the supervisor by a moment: ends every process group and removes every file that is left of a sandbox.
import { type ChildProcess, spawn } from 'node:child_process';
import type { Guard } from '../systemd/guard.ts';

export interface Watchdog extends Guard {
  /** To be removed at the end; in the order told. */
  addPath(path: string): void;
}

/** In the environment of everything a sandbox starts, with the sandbox's id. */
export const markVariable = 'KHA_SANDBOX_ID';

// It reads until its standard input ends, which the supervisor's death brings about, SIGKILL too. Then it kills by
// group, and on Linux by the mark as well, which finds what left its group with setsid.
const script = `
trap '' HUP INT TERM
groups=
while read -r verb what; do
  case $verb in
    group) groups="$groups $what" ;;
    gone)
      rest=
      for group in $groups; do [ "$group" = "$what" ] || rest="$rest $group"; done
      groups=$rest ;;
    path) set -- "$@" "$what" ;;
  esac
done
for group in $groups; do kill -s KILL -- "-$group"; done 2>/dev/null
for pass in 1 2; do
  for file in $(grep -ls "^${markVariable}=$mark\\|[^[:print:]]${markVariable}=$mark" /proc/[0-9]*/environ 2>/dev/null); do
    pid=\${file#/proc/}
    kill -s KILL "\${pid%/environ}" 2>/dev/null
  done
done
for path in "$@"; do rm -rf -- "$path"; done
`;

export function startWatchdog(mark: string): Watchdog {
  const child: ChildProcess = spawn('/bin/sh', ['-c', script, 'kha-lab-watchdog'], {
    cwd: '/',
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', mark },
    // Its own session: what ends the terminal's programs must not end this one.
    detached: true,
    // It holds the supervisor's standard output open: whoever reads that sees its end only when all is cleared away.
    stdio: ['pipe', 'inherit', 'ignore'],
  });
  child.stdin?.on('error', () => undefined);
  const tell = (line: string) => child.stdin?.write(`${line}\n`);
  return {
    add: (group) => tell(`group ${group}`),
    remove: (group) => tell(`gone ${group}`),
    addPath: (path) => tell(`path ${path}`),
  };
}
