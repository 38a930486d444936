// A container image made of Debian's static busybox: what a node of a test runs, as it reaches no registry.
import { createHash } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';

/** As containerd knows it: the image of the lab's container, and that of the process that holds a pod's namespaces. */
export const IMAGE = 'docker.io/library/busybox:1';

const PROGRAMS = ['sh', 'sleep'];
const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

/** Writes the image to `file` as `docker save` does, with the busybox of the file system at `rootfs`. */
export async function writeImage(file: string, rootfs: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'kha-lab-image-'));
  try {
    const bin = join(folder, 'layer', 'bin');
    await mkdir(bin, { recursive: true });
    await copyFile(join(rootfs, 'bin/busybox'), join(bin, 'busybox'));
    for (const name of PROGRAMS) await symlink('busybox', join(bin, name));
    await archive(join(folder, 'layer'), join(folder, 'layer.tar'), ['bin']);
    const layer = createHash('sha256')
      .update(await readFile(join(folder, 'layer.tar')))
      .digest('hex');
    const config = {
      architecture: ARCHITECTURES[process.arch] ?? process.arch,
      os: 'linux',
      // Where no other command is given it waits, as the first process of a pod does.
      config: { Cmd: ['sleep', '2147483647'], Env: ['PATH=/bin'] },
      rootfs: { type: 'layers', diff_ids: [`sha256:${layer}`] },
    };
    await writeFile(join(folder, 'config.json'), JSON.stringify(config));
    const manifest = [{ Config: 'config.json', RepoTags: [IMAGE], Layers: ['layer.tar'] }];
    await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
    await archive(folder, file, ['manifest.json', 'config.json', 'layer.tar']);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function archive(folder: string, file: string, names: readonly string[]): Promise<void> {
  await execa('tar', ['--create', '--owner=0', '--group=0', '--directory', folder, '--file', file, ...names]);
}
