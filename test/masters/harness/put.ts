// Files and links put into a file system that is laid over another one.
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Where links make systemd start a unit at boot. */
export const WANTS = 'etc/systemd/system/multi-user.target.wants';

/** Writes `file`, with the folders above it. */
export async function put(file: string, text: string, mode = 0o644): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  // The file system underneath may hold a link here (a masked unit): never write through it.
  await rm(file, { force: true });
  await writeFile(file, text, { mode });
}

/** Makes `file` a link to `target`. */
export async function link(target: string, file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await rm(file, { force: true });
  await symlink(target, file);
}
