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
  return entries
    .filter((entry) => isLab(join(labs, entry.name)))
    .map(({ name }) => name)
    .toSorted();
}

/** Labs in a folder: itself, or the folders right below it, or those below its `labs`. */
export async function labsIn(folder: string): Promise<readonly string[]> {
  const root = resolve(folder);
  if (isLab(root)) return [root];
  for (const place of [root, join(root, 'labs')]) {
    const names = await labNames(place);
    if (names.length > 0) return names.map((name) => join(place, name));
  }
  return [];
}

/**
 * Folders of the labs that words mean: a lab's name, its folder, or a folder of labs; without words, those here.
 * Throws a KhaError (exit 2) where one means no lab.
 */
export async function labsMeant(words: readonly string[], here: string): Promise<readonly string[]> {
  if (words.length === 0) {
    const found = await labsIn(here);
    if (found.length > 0) return found;
    throw new KhaError({
      code: 'no-such-lab',
      exit: exits.usage,
      message: 'There is no lab here.',
      tryThis: 'Name a folder that holds a lab.yaml, or make a lab with: kha-lab labs new my-lab',
    });
  }
  const each = words.map(async (word) => {
    const below = await labsIn(resolve(here, word));
    return below.length > 0 ? below : [await findLab(word)];
  });
  return [...new Set((await Promise.all(each)).flat())];
}

function isLab(folder: string): boolean {
  return existsSync(join(folder, 'lab.yaml'));
}
