// Which sandboxes of this user are up: one small file each, believed only when the sandbox itself answers.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { askSandbox } from './control.ts';
import type { SandboxPlaces } from './options.ts';

export interface ListedSandbox extends SandboxPlaces {
  /** Of its supervisor. */
  readonly pid: number;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly lock: 'endpoints' | 'leases';
}

/** The file of a sandbox that is up; made with its folder. */
export function registerSandbox(sandbox: ListedSandbox): string {
  const folder = registryFolder();
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, `${sandbox.id}.json`);
  writeFileSync(file, JSON.stringify(sandbox), { mode: 0o600 });
  return file;
}

/** Those that are up. Entries that nobody stands behind any more are cleared away. */
export async function listSandboxes(): Promise<ListedSandbox[]> {
  const asked = readEntries().map(async ({ file, entry }) => {
    const state = entry && (await askSandbox(entry.stateDir, 'status'));
    if (!entry || state === 'absent') rmSync(file, { force: true });
    // A machine that lost its power left it: nobody clears it away but us.
    if (entry && state === 'absent' && basename(entry.stateDir).startsWith('kha-lab-'))
      rmSync(entry.stateDir, { recursive: true, force: true });
    return state === 'absent' ? null : entry;
  });
  return (await Promise.all(asked)).filter((entry) => entry !== null);
}

/** Ends a sandbox from elsewhere and waits until nothing of it is left; false when there is none of that id. */
export async function stopSandbox(id: string): Promise<boolean> {
  const found = readEntries().find(({ entry }) => entry?.id === id);
  if (!found?.entry) return false;
  const { pid, stateDir } = found.entry;
  const state = await askSandbox(stateDir, 'down');
  // It holds its socket, so it lives, but it is stuck: its watchdog does the rest.
  if (state === 'silent') process.kill(pid, 'SIGKILL');
  // Its watchdog removes the folder last.
  for (let left = 500; left > 0 && state !== 'absent' && existsSync(stateDir); left -= 1) await pause(20);
  rmSync(found.file, { force: true });
  return state !== 'absent';
}

function registryFolder(): string {
  const state = process.env.XDG_STATE_HOME || join(homedir(), '.local/state');
  return join(state, 'kha-lab/sandboxes');
}

function readEntries(): { readonly file: string; readonly entry: ListedSandbox | null }[] {
  const folder = registryFolder();
  let names: string[];
  try {
    names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  } catch {
    return [];
  }
  return names.map((name) => ({ file: join(folder, name), entry: readEntry(join(folder, name)) }));
}

function readEntry(file: string): ListedSandbox | null {
  try {
    const entry: Partial<ListedSandbox> = JSON.parse(readFileSync(file, 'utf8'));
    return typeof entry.id === 'string' && typeof entry.stateDir === 'string' && typeof entry.pid === 'number'
      ? (entry as ListedSandbox)
      : null;
  } catch {
    return null;
  }
}
