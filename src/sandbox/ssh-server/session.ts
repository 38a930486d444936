// One SSH session: a command or a shell under the machine's own sh, in the master's root folder.
import { type ChildProcess, spawn } from 'node:child_process';
import type { ServerChannel, Session } from 'ssh2';
import { type Guard, signalGroup } from '../systemd/guard.ts';
import { terminalCommand } from './terminal.ts';

export interface SessionSurroundings {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly guard: Guard;
}

/** After SIGHUP a session's processes have this long, as on a master that goes down. */
const graceMs = 300;

export function serveSession(session: Session, around: SessionSurroundings, onOver: () => void): void {
  const env: Record<string, string> = { ...around.env };
  let terminal: { readonly rows: number; readonly cols: number } | null = null;
  let child: ChildProcess | null = null;
  let begun = false;

  session.on('env', (accept, reject, { key, val }) => {
    // As Debian's sshd_config: AcceptEnv LANG LC_*.
    if (!/^(LANG|LC_\w+)$/.test(key)) return reject?.();
    env[key] = val;
    accept?.();
  });
  session.on('pty', (accept, reject, info) => {
    // Refused, the client keeps its own line editing, and a plain shell is still good to use.
    if (terminalCommand('true', { rows: 1, cols: 1 }) === null) return reject?.();
    terminal = { rows: info.rows, cols: info.cols };
    const { term } = info as { term?: string };
    env.TERM = term || 'xterm';
    accept?.();
  });
  session.on('window-change', (_accept, reject) => reject?.());
  session.on('signal', (accept, _reject, { name }) => {
    if (child?.pid !== undefined) signalGroup(child.pid, `SIG${name.replace(/^SIG/, '')}` as NodeJS.Signals);
    accept?.();
  });
  const begin = (channel: ServerChannel, command: string | null) => {
    begun = true;
    const argv = commandOf(command, terminal);
    child = runIn(channel, argv, { ...around, env });
    channel.on('close', onOver);
  };
  session.on('exec', (accept, _reject, { command }) => begin(accept(), command));
  session.on('shell', (accept) => begin(accept(), null));
  session.on('close', () => {
    if (!begun) onOver();
  });
}

function commandOf(
  command: string | null,
  terminal: { rows: number; cols: number } | null,
): readonly string[] {
  if (terminal) {
    const inTerminal = terminalCommand(command ?? 'exec /bin/sh -i', terminal);
    if (inTerminal) return inTerminal;
  }
  return command === null ? ['/bin/sh'] : ['/bin/sh', '-c', command];
}

function runIn(channel: ServerChannel, argv: readonly string[], around: SessionSurroundings): ChildProcess {
  const [program = '/bin/sh', ...args] = argv;
  const child = spawn(program, args, { cwd: around.cwd, env: around.env, detached: true, stdio: 'pipe' });
  const { pid } = child;
  if (pid !== undefined) around.guard.add(pid);
  child.on('error', (error) => channel.stderr.write(`${error.message}\n`));
  child.stdin.on('error', () => undefined);
  channel.on('error', () => undefined);
  channel.stderr.on('error', () => undefined);
  channel.pipe(child.stdin);
  child.stdout.pipe(channel, { end: false });
  child.stderr.pipe(channel.stderr, { end: false });
  // Only when its output is all read: the exit status must not overtake it.
  child.on('close', (code, signal) => {
    // Nobody reads the rest of what the client sends; unread, it would keep the channel from ever closing.
    channel.unpipe();
    channel.resume();
    if (signal) channel.exit(signal.slice(3), false, '');
    else channel.exit(code ?? 255);
    channel.end();
    channel.close();
  });
  channel.on('close', () => endGroup(pid, around.guard));
  return child;
}

function endGroup(pid: number | undefined, guard: Guard): void {
  if (pid === undefined) return;
  if (!signalGroup(pid, 'SIGHUP')) {
    guard.remove(pid);
    return;
  }
  signalGroup(pid, 'SIGCONT');
  setTimeout(() => {
    signalGroup(pid, 'SIGKILL');
    guard.remove(pid);
  }, graceMs);
}
