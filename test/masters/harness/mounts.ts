// The file systems of one pair: memory for everything written, a read-only root below, one overlay per master.
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';

/** Mounts memory at `state`/memory: what masters write never touches the disk and goes with one unmount. */
export async function mountMemory(state: string): Promise<void> {
  const target = join(state, 'memory');
  await mkdir(target, { recursive: true });
  await execa('mount', ['-t', 'tmpfs', '-o', 'size=4g,mode=755', 'kha-lab-masters', target]);
}

/** Lays a fresh writable file system over `rootfs` for one master; returns where it is mounted. */
export async function mountRoot(state: string, options: { master: string; rootfs: string }): Promise<string> {
  const base = join(state, 'memory', options.master);
  const [upper, work, root] = ['upper', 'work', 'root'].map((name) => join(base, name)) as [
    string,
    string,
    string,
  ];
  for (const folder of [upper, work, root]) await mkdir(folder, { recursive: true });
  const layers = `lowerdir=${options.rootfs},upperdir=${upper},workdir=${work}`;
  await execa('mount', ['-t', 'overlay', '-o', layers, 'kha-lab-master', root]);
  return root;
}

/** Where something is mounted at or below `folder`, deepest first. */
export async function mountsBelow(folder: string): Promise<string[]> {
  const table = await readFile('/proc/self/mountinfo', 'utf8');
  return table
    .split('\n')
    .map((line) => (line.split(' ')[4] ?? '').replaceAll('\\040', ' '))
    .filter((point) => point === folder || point.startsWith(`${folder}/`))
    .sort((a, b) => b.length - a.length);
}

/** Unmounts all below `folder`, deepest first; throws when something stays. */
export async function unmountBelow(folder: string): Promise<void> {
  for (const point of await mountsBelow(folder)) {
    const { failed } = await execa('umount', [point], { reject: false });
    // A reader that still has a file open must not keep a whole pair alive.
    const left = failed && (await mountsBelow(point)).length > 0;
    // Somebody else may have been tearing the same abandoned pair down.
    if (left) await execa('umount', ['--lazy', point]);
  }
}
