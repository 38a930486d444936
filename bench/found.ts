// Whether a program of others is on this machine, to be measured beside.
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { join } from 'node:path';

/** The first of these names that the search path has; null for none of them. */
export async function found(...names: readonly string[]): Promise<string | null> {
  for (const name of names)
    for (const folder of (process.env.PATH ?? '').split(':')) {
      const file = join(folder, name);
      const there = await access(file, constants.X_OK).then(
        () => true,
        () => false,
      );
      if (there) return file;
    }
  return null;
}
