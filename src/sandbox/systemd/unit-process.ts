// One real process of a unit: started in its own process group, its lines handed on, READY=1 heard on descriptor 3.
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import type { Readable } from 'node:stream';
import type { ExecCommand, ServiceSettings } from './settings.ts';

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface UnitProcess {
  /** Also the number of its process group. */
  readonly pid: number;
  /** Settles when the process is gone. */
  readonly ended: Promise<Ended>;
  /** Settles when it has said READY=1; never if it does not. */
  readonly ready: Promise<void>;
}

/** Rejects when the program cannot be started. */
export function startProcess(
  command: ExecCommand,
  options: {
    readonly settings: ServiceSettings;
    readonly cwd: string;
    readonly env: Readonly<Record<string, string>>;
    readonly onLine: (line: string) => void;
  },
): Promise<UnitProcess> {
  const { settings, cwd, env, onLine } = options;
  const out = openSink(settings.standardOutput);
  const err = openSink(settings.standardError);
  const child = spawn(command.path, command.argv.slice(1), {
    cwd,
    env: { ...env, ...settings.environment },
    // A new session, so a group of its own: a signal to the unit reaches all of it and nothing else.
    detached: true,
    // The components end when their standard input does: a supervisor that is killed takes them along.
    stdio: ['pipe', out, err, settings.type === 'notify' ? 'pipe' : 'ignore'],
  });
  for (const sink of [out, err]) if (typeof sink === 'number') closeSync(sink);
  child.stdin?.on('error', () => undefined);
  for (const stream of [child.stdout, child.stderr]) if (stream) eachLine(stream, onLine);

  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('spawn', () => {
      if (child.pid === undefined) return;
      resolve({ pid: child.pid, ended: endOf(child), ready: readyOf(child) });
    });
  });
}

function endOf(child: ChildProcess): Promise<Ended> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      child.stdin?.destroy();
      resolve({ code, signal });
    });
  });
}

function readyOf(child: ChildProcess): Promise<void> {
  const notify = child.stdio[3];
  if (!notify || !('setEncoding' in notify)) return new Promise(() => undefined);
  return new Promise((resolve) => {
    eachLine(notify, (line) => {
      if (line === 'READY=1') resolve();
    });
  });
}

/** Calls `onLine` for each line, the last one too when it has no newline. */
function eachLine(stream: Readable, onLine: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('error', () => undefined);
  stream.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  });
  stream.once('end', () => {
    if (rest !== '') onLine(rest);
  });
}

function openSink(standard: string): 'pipe' | 'ignore' | number {
  if (standard === 'null') return 'ignore';
  const file = /^(append|truncate|file):(.+)$/.exec(standard);
  if (file?.[2] === undefined) return 'pipe';
  return openSync(file[2], file[1] === 'append' ? 'a' : 'w', 0o600);
}
