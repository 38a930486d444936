// Where labs and templates lie: beside `dist` in the package, and at the root of the source tree.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of the labs that come with the package. `from` is the running program's own folder. */
export function labsFolder(from: string = import.meta.dirname): string {
  return placed('labs', from);
}

/** The folder of what `labs new` begins with. */
export function templatesFolder(from: string = import.meta.dirname): string {
  return placed('templates', from);
}

function placed(name: string, from: string): string {
  const besideDist = join(from, '..', name);
  const besideSource = join(from, '..', '..', name);
  return existsSync(besideDist) ? besideDist : besideSource;
}
