// A question that is not answered is no consent, and does not end as if all were well.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'vitest';
import { makeHome } from './drivers/home.ts';
import { Terminal } from './drivers/terminal.ts';

const inventory = 'masters:\n  - name: nobody\n    ssh: { host: 127.0.0.1, port: 1, user: root }\n';

it.each([
  ['ctrl+c', '\x03', 130],
  ['the end of input', '\x04', 2],
] as const)('%s', async (_name, keys, exit) => {
  const home = makeHome();
  writeFileSync(join(home.work, 'kha-lab.yaml'), inventory);
  const person = await Terminal.run(home, { args: ['failover'] });
  await person.sees(/Go on\? \[yes\/no\]/);
  person.types(keys);
  await person.ends(exit);
});
