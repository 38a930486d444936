// What is on disk about a pair: who owns it, so that a pair left by a killed run is found and torn down.
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { unmountBelow } from './mounts.ts';
import { removeNetwork } from './network.ts';
import { endMachine } from './nspawn.ts';
import { BALANCER, MASTER_NAMES, pairsFolder } from './places.ts';

export interface PairState {
  readonly id: string;
  /** The process this pair lives for; null when it stays until somebody takes it down by hand. */
  readonly owner: { readonly pid: number; readonly startedAt: string } | null;
}

/** When process `pid` started, in the kernel's ticks; null when there is none. Tells a reused id apart. */
async function startOf(pid: number): Promise<string | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
}

/** Makes the folder of a new pair, owned by this process unless `keep`; returns its path. */
export async function recordPair(id: string, options: { keep: boolean }): Promise<string> {
  const folder = join(pairsFolder(), id);
  const unseen = join(pairsFolder(), `.${id}`);
  await mkdir(unseen, { recursive: true, mode: 0o700 });
  const owner = options.keep ? null : { pid: process.pid, startedAt: (await startOf(process.pid)) ?? '' };
  const state: PairState = { id, owner };
  await writeFile(join(unseen, 'state.json'), JSON.stringify(state));
  await rename(unseen, folder);
  return folder;
}

/** Every pair on disk. A folder without a readable state belongs to nobody. */
export async function recordedPairs(): Promise<PairState[]> {
  const names = await readdir(pairsFolder()).catch(() => []);
  const ids = names.filter((name) => !name.startsWith('.'));
  return await Promise.all(
    ids.map(async (id) => {
      const text = await readFile(join(pairsFolder(), id, 'state.json'), 'utf8').catch(() => null);
      return text === null ? { id, owner: { pid: 0, startedAt: '' } } : (JSON.parse(text) as PairState);
    }),
  );
}

/** Ends a pair's processes, unmounts its file systems, removes its network and its folder. Safe to repeat. */
export async function tearDown(id: string): Promise<void> {
  const folder = join(pairsFolder(), id);
  await Promise.all([...MASTER_NAMES, BALANCER].map((master) => endMachine({ id, master })));
  await unmountBelow(folder);
  await removeNetwork(id);
  await execa('rm', ['-rf', '--one-file-system', folder]);
}

/** Tears down every pair whose owner no longer lives. */
export async function tearDownAbandoned(): Promise<void> {
  for (const { id, owner } of await recordedPairs()) {
    if (owner === null) continue;
    if (owner.pid !== 0 && (await startOf(owner.pid)) === owner.startedAt) continue;
    await tearDown(id);
  }
}
