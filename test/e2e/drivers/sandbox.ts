// A sandbox of its own, started as other programs start it: `sandbox up --json`; and what is left of one.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { afterAll } from 'vitest';
import { z } from 'zod';
import type { Home } from './home.ts';
import { until } from './poll.ts';
import { type Ran, type Started, start } from './program.ts';

const readyLine = z.strictObject({
  version: z.literal(1),
  inventory: z.string(),
  sshConfig: z.string(),
  kubeconfig: z.string(),
  readyMs: z.number().positive(),
});

export interface UpSandbox extends z.infer<typeof readyLine> {
  readonly folder: string;
  readonly ports: readonly number[];
  /** The `sandbox up` that keeps it. */
  readonly keeper: Started;
  end(): Promise<Ran>;
}

/** Terms with which a handover takes 4 to 10 s instead of 13 to 24. */
export const quickTerms = ['--lease-duration', '5s', '--renew-deadline', '3s', '--retry-period', '1s'];

/** Up, with two leaders; ended after the file's last test at the latest. */
export async function sandboxUp(home: Home, args: readonly string[] = quickTerms): Promise<UpSandbox> {
  const keeper = start(home, ['sandbox', 'up', '--json', ...args]);
  afterAll(() => end());
  const line = await until('the sandbox is up', () => /^.*\n/.exec(keeper.stdout())?.[0], {
    withinMs: 90_000,
    instead: () => keeper.stderr(),
  });
  const end = () => {
    keeper.kill('SIGINT');
    return keeper.ended;
  };
  const places = readyLine.parse(JSON.parse(line));
  return { ...places, folder: dirname(places.inventory), ports: portsOf(places), keeper, end };
}

function portsOf({ sshConfig, kubeconfig }: { sshConfig: string; kubeconfig: string }): readonly number[] {
  const text = [sshConfig, kubeconfig].map((file) => readFileSync(file, 'utf8')).join('\n');
  return [...text.matchAll(/(?:Port |127\.0\.0\.1:)(\d+)/g)].map(([, port]) => Number(port));
}

/** Processes of any sandbox that was started from this home; none where other processes cannot be looked into. */
export function sandboxProcesses(home: Home): readonly number[] {
  if (process.platform !== 'linux') return [];
  const folder = `${home.env.TMPDIR}/kha-lab-`;
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => environmentOf(pid).includes(folder));
}

function environmentOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8');
  } catch {
    return '';
  }
}

/** Waits until no process, no port, no folder and no entry of a sandbox is left. */
export async function expectNothingLeft(
  home: Home,
  sandbox?: Pick<UpSandbox, 'folder' | 'ports'>,
): Promise<void> {
  const left = async () => {
    const open = await Promise.all(
      (sandbox?.ports ?? []).map(async (port) => ((await isOpen(port)) ? [port] : [])),
    );
    const temporary = readdirSync(home.env.TMPDIR ?? '').filter((name) => name.startsWith('kha-lab-'));
    return [
      ...sandboxProcesses(home).map((pid) => `process ${pid}`),
      ...open.flat().map((port) => `port ${port}`),
      ...(sandbox && existsSync(sandbox.folder) ? [sandbox.folder] : []),
      ...temporary,
    ];
  };
  await until('nothing is left of the sandbox', async () => (await left()).length === 0, {
    instead: async () => (await left()).join(', '),
  });
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
