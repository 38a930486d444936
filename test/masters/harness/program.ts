// Runs the built program where the masters can be reached, as a user would.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import type { z } from 'zod';
import type { Component, Masters } from '../masters.ts';
import { until } from './until.ts';

/** Where the build put the program; KHA_DIST names another place, as it does for the build itself. */
const dist = process.env.KHA_DIST ?? fileURLToPath(new URL('../../../dist', import.meta.url));
const cli = join(dist, 'cli.js');

export interface Ran {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts `kha-lab WORDS --json` against the pair; its recordings and journals go to the pair's own folder. */
export function startProgram(masters: Masters, words: readonly string[]) {
  const [enter, ...rest] = masters.inside;
  const own = (name: string) => join(masters.folder, 'user', name);
  return execa(
    enter ?? '',
    [...rest, process.execPath, cli, ...words, '--json', '--no-input', '--inventory', masters.inventory],
    {
      reject: false,
      stdin: 'ignore',
      cwd: masters.folder,
      env: { XDG_STATE_HOME: own('state'), XDG_CACHE_HOME: own('cache'), XDG_DATA_HOME: own('data') },
    },
  );
}

/** Runs the program to its end. */
export async function runProgram(masters: Masters, words: readonly string[]): Promise<Ran> {
  await mkdir(join(masters.folder, 'user'), { recursive: true });
  const { exitCode, stdout, stderr } = await startProgram(masters, words);
  return { exitCode, stdout, stderr };
}

/** Starts a stop of the leader's unit; resolves once it is stopped, with the program still at work on it. */
export async function startStop(masters: Masters, component: Component, leader: string) {
  const program = startProgram(masters, ['failover', '--component', component, '--fault', 'stop', '--yes']);
  const over = program.then(({ exitCode, stdout, stderr }) => {
    throw new Error(`the program ended too soon: exit ${exitCode}\n${stdout}\n${stderr.slice(-4000)}`);
  });
  const stopped = until(
    `${component} on ${leader} is stopped`,
    async () => ((await stateOf(masters, component, leader)) === 'inactive' ? true : undefined),
    { everyMs: 100 },
  );
  over.catch(() => undefined);
  await Promise.race([stopped, over]);
  // In an object: a process is a promise of its end too, and returning it would wait for that.
  return { program };
}

/** What systemd says of the component's unit in a master: active, inactive, failed … */
export async function stateOf(masters: Masters, component: Component, master: string): Promise<string> {
  const show = ['systemctl', 'show', '--value', '--property=ActiveState', component];
  return (await masters.run(master, show)).trim();
}

/** The one JSON object on standard output, of the shape asked for; what was said instead is in the error. */
export function printedBy<T>(ran: Ran, shape: z.ZodType<T>): T {
  try {
    return shape.parse(JSON.parse(ran.stdout));
  } catch (cause) {
    const said = `exit ${ran.exitCode}\n${ran.stdout.slice(0, 2000)}\n${ran.stderr.slice(-4000)}`;
    throw new Error(`the program did not print what it promises: ${said}`, { cause });
  }
}
