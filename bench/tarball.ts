// The package as it is published: its size, and what else it brings along.
import { cp, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { atMost, type Measurement, megabytes } from './measurement.ts';
import { dist, root, withFolder } from './places.ts';

const most = { packed: 2e6, unpacked: 8e6, packages: 1 };

export const tarball: Measurement = {
  name: 'tarball',
  quick: true,
  measure: () =>
    withFolder(async (folder) => {
      const source = await stage(join(folder, 'source'));
      const { stdout } = await execa(
        'npm',
        ['pack', '--json', '--ignore-scripts', '--pack-destination', folder],
        { cwd: source },
      );
      const [packed] = JSON.parse(stdout);
      const packages = await install(join(folder, packed.filename), join(folder, 'installed'));
      const whole = (value: number) => String(value);
      return [
        atMost(most.packed, { what: 'package, packed', value: packed.size, tell: megabytes }),
        atMost(most.unpacked, { what: 'package, unpacked', value: packed.unpackedSize, tell: megabytes }),
        atMost(most.packages, { what: 'packages that `npm install` installs', value: packages, tell: whole }),
      ];
    }),
};

/** What is packed, with the program under measurement as its dist. */
async function stage(folder: string): Promise<string> {
  await mkdir(folder);
  const { files } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  for (const name of ['package.json', ...files.filter((one: string) => one !== 'dist')]) {
    const there = await stat(join(root, name)).catch(() => null);
    if (there !== null) await cp(join(root, name), join(folder, name), { recursive: true });
  }
  await cp(dist(), join(folder, 'dist'), { recursive: true });
  return folder;
}

/** How many packages lie there after a person installed it; without scripts, without a network. */
async function install(file: string, folder: string): Promise<number> {
  await mkdir(folder);
  await writeFile(join(folder, 'package.json'), '{ "private": true }');
  await execa('npm', ['install', '--offline', '--no-audit', '--no-fund', file], { cwd: folder });
  const tree = JSON.parse(await readFile(join(folder, 'node_modules/.package-lock.json'), 'utf8'));
  const folders = (await readdir(join(folder, 'node_modules'))).filter((name) => !name.startsWith('.'));
  return Math.max(folders.length, Object.keys(tree.packages).length);
}
