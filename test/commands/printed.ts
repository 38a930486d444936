// A command run in this process, without a terminal: what it printed where, and its exit code.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import type { CommonFlags } from '../../src/commands/flags.ts';
import type { Surroundings } from '../../src/commands/surroundings.ts';

export interface Printed {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A state folder of the test's own. */
export function freshState(): { readonly XDG_STATE_HOME: string; readonly runs: string } {
  const folder = mkdtempSync(join(tmpdir(), 'kha-state-'));
  return { XDG_STATE_HOME: folder, runs: join(folder, 'kha-lab/runs') };
}

export const plainFlags: CommonFlags = { input: false, color: false };

/** Runs `work` in surroundings without a terminal. Rejects as it does. */
export async function printed(
  work: (surroundings: Surroundings) => Promise<number>,
  env: NodeJS.ProcessEnv = {},
): Promise<Printed> {
  const streams = { stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough() };
  const surroundings = { ...streams, env, cwd: '/', clock: Date.now } as unknown as Surroundings;
  const exit = await work(surroundings);
  const said = (stream: PassThrough) => (stream.read() as Buffer | null)?.toString('utf8') ?? '';
  return { exit, stdout: said(streams.stdout), stderr: said(streams.stderr) };
}
