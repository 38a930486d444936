// Where labs lie: beside `dist` in the package, and at the root of the source tree.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of the labs that come with the package. `from` is the running program's own folder. */
export function labsFolder(from: string = import.meta.dirname): string {
  const besideDist = join(from, '..', 'labs');
  const besideSource = join(from, '..', '..', 'labs');
  return existsSync(besideDist) ? besideDist : besideSource;
}
