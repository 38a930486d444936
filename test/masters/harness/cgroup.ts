// A control group of its own for every master: two systemds in one group would end each other's services.
import { mkdir, readFile, rmdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );

/** True when systemd runs this machine: it then makes the group itself, and nspawn asks it to. */
export function systemdRunsHere(): Promise<boolean> {
  return exists('/run/systemd/system');
}

/** The hierarchies a process must be put in by hand where no systemd does it (containers, small machines). */
async function hierarchies(): Promise<string[]> {
  if (await exists('/sys/fs/cgroup/cgroup.controllers')) return ['/sys/fs/cgroup'];
  const named = '/sys/fs/cgroup/systemd';
  if (!(await exists(join(named, 'cgroup.procs')))) {
    await mkdir(named, { recursive: true });
    await execa('mount', ['-t', 'cgroup', '-o', 'none,name=systemd', 'systemd', named]);
  }
  const unified = '/sys/fs/cgroup/unified';
  return (await exists(join(unified, 'cgroup.procs'))) ? [named, unified] : [named];
}

/** Makes the groups called `name`; returns the cgroup.procs files to join. */
export async function makeGroups(name: string): Promise<string[]> {
  const groups = (await hierarchies()).map((base) => join(base, name));
  for (const group of groups) await mkdir(group, { recursive: true });
  return groups.map((group) => join(group, 'cgroup.procs'));
}

/** Removes the empty groups called `name`, and those a master made inside them. */
export async function removeGroups(name: string): Promise<void> {
  for (const base of await hierarchies()) {
    const top = join(base, name);
    if (!(await exists(top))) continue;
    const { stdout } = await execa('find', [top, '-depth', '-type', 'd']);
    for (const folder of stdout.split('\n')) await rmdir(folder).catch(() => undefined);
  }
}

/** The ids of the processes in `group`'s cgroup.procs file; none when it is gone. */
export async function membersOf(file: string): Promise<number[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.split('\n').filter(Boolean).map(Number);
}
