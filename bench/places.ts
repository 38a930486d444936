// Where the program under measurement lies, and a throw-away home for what it writes.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '..');

export function dist(): string {
  return process.env.KHA_DIST ?? join(root, 'dist');
}

export function cli(): string {
  return join(dist(), 'cli.js');
}

/** Runs `work` with a folder of its own, which is gone afterwards. */
export async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'kha-bench-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The environment of a person at a terminal who starts the program for the first time. */
export function environment(home: string): Record<string, string> {
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && !/^(CI|NO_COLOR|FORCE_COLOR|NODE_|npm_|KHA_|XDG_)/.test(entry[0]),
  );
  return {
    ...Object.fromEntries(inherited),
    HOME: home,
    CI: 'false',
    TERM: 'xterm-256color',
    LANG: 'C.UTF-8',
  };
}
