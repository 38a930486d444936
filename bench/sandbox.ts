// A sandbox from the command line, as other programs have it.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { cli, environment } from './places.ts';

export interface BenchSandbox {
  readonly inventory: string;
  readonly sshConfig: string;
  readonly kubeconfig: string;
  /** As the program tells it, milliseconds. */
  readonly readyMs: number;
  /** From the start of the program to its line, milliseconds. */
  readonly wallMs: number;
  /** Of the program. */
  readonly pid: number;
  down(): Promise<void>;
}

export async function startSandbox(home: string, flags: readonly string[] = []): Promise<BenchSandbox> {
  const started = performance.now();
  const child = spawn(process.execPath, [cli(), 'sandbox', 'up', '--json', ...flags], {
    env: environment(home),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const line = await firstLine(child);
  const wallMs = performance.now() - started;
  const { inventory, sshConfig, kubeconfig, readyMs } = JSON.parse(line);
  return {
    ...{ inventory, sshConfig, kubeconfig, readyMs, wallMs },
    pid: child.pid ?? 0,
    async down() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('the sandbox has no output');
  const lines = createInterface({ input: child.stdout });
  const [line] = await Promise.race([once(lines, 'line'), once(child, 'exit').then(() => [null])]);
  if (typeof line !== 'string') throw new Error('the sandbox did not come up');
  return line;
}
