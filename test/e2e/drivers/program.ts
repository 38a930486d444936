// Runs the built program as scripts do: no terminal, its answer on stdout, its messages on stderr.
import { join } from 'node:path';
import { execa, type Options } from 'execa';
import type { Home } from './home.ts';

export function cliFile(): string {
  const dist = process.env.KHA_DIST;
  if (dist === undefined) throw new Error('KHA_DIST names no build');
  return join(dist, 'cli.js');
}

/** What a program of this test sees of the machine: nothing that says it runs in a pipeline, no colours asked for. */
export function environmentOf(home: Home, more: Readonly<Record<string, string>> = {}) {
  const { CI: _ci, FORCE_COLOR: _colour, NO_COLOR: _plain, ...inherited } = process.env;
  return { ...inherited, NODE_ENV: 'production', LANG: 'C.UTF-8', ...home.env, ...more };
}

export interface Ran {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Started {
  readonly pid: number;
  /** Its whole standard output so far. */
  stdout(): string;
  stderr(): string;
  /** How it ended. */
  readonly ended: Promise<Ran>;
  kill(signal: NodeJS.Signals): void;
  /** Nobody reads its standard output from now on, as after `| head`. */
  hangUp(): void;
}

export interface RunWish {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
}

/** A run that is spoken to while it goes on. It is killed when the test's process ends. */
export function start(home: Home, args: readonly string[], { env, input }: RunWish = {}): Started {
  const options = {
    cwd: home.work,
    env: environmentOf(home, env),
    extendEnv: false,
    reject: false,
    // What puts masters back first may take its time.
    forceKillAfterDelay: false,
    ...(input === undefined ? { stdin: 'ignore' } : { input }),
  } satisfies Options;
  const child = execa(process.execPath, [cliFile(), ...args], options);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = child.then(({ exitCode }) => ({ exitCode, stdout, stderr }));
  return {
    pid: child.pid ?? 0,
    stdout: () => stdout,
    stderr: () => stderr,
    ended,
    kill: (signal) => child.kill(signal),
    hangUp: () => void child.stdout.destroy(),
  };
}

/** A run to its end. */
export function kha(home: Home, args: readonly string[], wish: RunWish = {}): Promise<Ran> {
  return start(home, args, wish).ended;
}

/** The one object a command printed under `--json`: nothing before it, nothing after it. */
export function onlyObject({ stdout, stderr }: Ran): unknown {
  try {
    return JSON.parse(stdout);
  } catch {
    throw new Error(`not one object on stdout:\n${stdout}\nand on stderr:\n${stderr}`);
  }
}
