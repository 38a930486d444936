// Where the recordings lie that come with the package: beside `dist`, and at the root of the source tree.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** What `kha-lab demo` plays. `from` is the running program's own folder. */
export function demoRecording(from: string = import.meta.dirname): string {
  const name = join('recordings', 'demo.ndjson.gz');
  const besideDist = join(from, '..', name);
  return existsSync(besideDist) ? besideDist : join(from, '..', '..', name);
}
