// A control group of its own for every master: two systemds in one group would end each other's services.
import { mkdir, readdir, readFile, rmdir, stat, writeFile } from 'node:fs/promises';
import { getPriority } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';

const BASE = '/sys/fs/cgroup';

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );

/** True when systemd runs this machine: it then makes the group itself, and nspawn asks it to. */
export function systemdRunsHere(): Promise<boolean> {
  return exists('/run/systemd/system');
}

/** Every hierarchy of this machine: those of the first generation's controllers too. */
async function allHierarchies(): Promise<string[]> {
  const needed = await hierarchies();
  if (needed[0] === BASE) return needed;
  const names = await readdir(BASE, { withFileTypes: true });
  const folders = names.filter((entry) => entry.isDirectory()).map(({ name }) => join(BASE, name));
  const mounted = await Promise.all(folders.map((folder) => exists(join(folder, 'cgroup.procs'))));
  return [...new Set([...needed, ...folders.filter((_, at) => mounted[at])])];
}

/** The hierarchies a process must be put in by hand where no systemd does it (containers, small machines). */
async function hierarchies(): Promise<string[]> {
  if (await exists(join(BASE, 'cgroup.controllers'))) return [BASE];
  const named = join(BASE, 'systemd');
  if (!(await exists(join(named, 'cgroup.procs')))) {
    await mkdir(named, { recursive: true });
    await execa('mount', ['-t', 'cgroup', '-o', 'none,name=systemd', 'systemd', named]);
  }
  const unified = join(BASE, 'unified');
  return (await exists(join(unified, 'cgroup.procs'))) ? [named, unified] : [named];
}

/**
 * Makes the groups called `name`; returns the cgroup.procs files to join. A master that runs containers makes groups of its own
 * for them with every controller: below those of its name they are found again and removed.
 */
export async function makeGroups(name: string, options: { containers: boolean }): Promise<string[]> {
  const bases = await (options.containers ? allHierarchies() : hierarchies());
  const groups = bases.map((base) => join(base, name));
  for (const [at, group] of groups.entries()) {
    await mkdir(group, { recursive: true });
    // A group of this controller takes in nobody until it is told where its processes may run.
    for (const file of ['cpuset.cpus', 'cpuset.mems']) {
      const above = await readFile(join(bases[at] ?? '', file), 'utf8').catch(() => null);
      if (above !== null && bases[at] !== BASE) await writeFile(join(group, file), above);
    }
    // A group counts as one process where processes outside it count each: it is as many as are busy in a master.
    const shares = join(group, 'cpu.shares');
    if (await exists(shares)) await writeFile(shares, String(Math.round((8 * 1024) / 1.25 ** getPriority())));
  }
  return groups.map((group) => join(group, 'cgroup.procs'));
}

/** Removes the empty groups called `name`, and those a master made inside them. */
export async function removeGroups(name: string): Promise<void> {
  for (const base of await allHierarchies()) {
    const top = join(base, name);
    if (!(await exists(top))) continue;
    // Another process may be removing it too.
    const { stdout } = await execa('find', [top, '-depth', '-type', 'd'], { reject: false });
    for (const folder of stdout.split('\n')) await rmdir(folder).catch(() => undefined);
  }
}

/** The ids of the processes in `group`'s cgroup.procs file; none when it is gone. */
export async function membersOf(file: string): Promise<number[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.split('\n').filter(Boolean).map(Number);
}
