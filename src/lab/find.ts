// Finds a lab by its name among those of the package, or by its folder.
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { nearest } from '../inventory/nearest.ts';
import { exits, KhaError } from '../model/failure.ts';
import { labsFolder } from './places.ts';

export const firstLab = 'ha-masters';

/** Folder of a lab given by name or path. Throws a KhaError (exit 2) that names the labs there are. */
export async function findLab(nameOrFolder: string = firstLab, labs: string = labsFolder()): Promise<string> {
  const isPath = /[/\\]|^\.{1,2}$/.test(nameOrFolder);
  if (!isPath && isLab(join(labs, nameOrFolder))) return join(labs, nameOrFolder);
  if (isLab(resolve(nameOrFolder))) return resolve(nameOrFolder);
  const names = await labNames(labs);
  const near = nearest(nameOrFolder, names);
  throw new KhaError({
    code: 'no-such-lab',
    exit: exits.usage,
    message: isPath ? `${nameOrFolder} holds no lab.yaml.` : `There is no lab \`${nameOrFolder}\`.`,
    tryThis: near
      ? `Did you mean \`${near}\`?`
      : `Give a folder that holds a lab.yaml, or one of: ${names.join(', ')}.`,
  });
}

/** Names of the labs that come with the package. */
export async function labNames(labs: string = labsFolder()): Promise<readonly string[]> {
  const entries = await readdir(labs, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => isLab(join(labs, entry.name))).map(({ name }) => name);
}

function isLab(folder: string): boolean {
  return existsSync(join(folder, 'lab.yaml'));
}
