// A machine with nothing on it but one version of Node: an empty folder, an empty home, no settings of this one.
import { mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { execa } from 'execa';

export interface Machine {
  /** Runs a program in the folder of the machine; rejects nothing, tells how it ended. */
  run(
    program: string,
    ...args: readonly string[]
  ): Promise<{ exitCode?: number; stdout: string; stderr: string }>;
  readonly work: string;
}

/** @param node the program; its folder comes first where programs are looked for. */
export function machine(folder: string, node: string): Machine {
  const work = join(folder, 'work');
  for (const name of ['work', 'home', 'tmp']) mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(work, 'package.json'), '{ "private": true }\n');
  const { LANG = 'C.UTF-8', PATH = '' } = process.env;
  const env = {
    PATH: [dirname(node), PATH].join(delimiter),
    HOME: join(folder, 'home'),
    TMPDIR: join(folder, 'tmp'),
    LANG,
    npm_config_update_notifier: 'false',
  };
  return {
    work,
    run: async (program, ...args) => {
      const { exitCode, stdout, stderr } = await execa(program, args, {
        cwd: work,
        env,
        extendEnv: false,
        reject: false,
        stdin: 'ignore',
      });
      return { ...(exitCode !== undefined && { exitCode }), stdout, stderr };
    },
  };
}

/**
 * Node of a major version, put into `folder` out of its npm package.
 * @returns null where it cannot be fetched: no registry can be reached.
 */
export async function fetchedNode(major: number, folder: string): Promise<string | null> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const words = ['install', '--no-audit', '--no-fund', '--fetch-retries=1', `node@${major}`];
  const { exitCode } = await execa('npm', words, { cwd: folder, reject: false });
  return exitCode === 0 ? join(folder, 'node_modules/node/bin/node') : null;
}
