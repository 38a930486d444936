// A sandbox's own inventory with something changed in it, as a person's mistakes and misfortunes would.
import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import type { Home } from './home.ts';
import type { UpSandbox } from './sandbox.ts';

export interface WrittenInventory {
  masters: { name: string; ssh: Record<string, unknown>; api?: Record<string, unknown> }[];
  ssh: { knownHostsFile: string; strictHostKeyChecking?: string };
  sudo: string;
  cluster: Record<string, unknown>;
  components?: Record<string, Record<string, unknown>>;
}

/** Writes a changed copy into the home's working folder and gives its path. */
export function changedInventory(
  home: Home,
  { inventory }: Pick<UpSandbox, 'inventory'>,
  change: (inventory: WrittenInventory) => void,
): string {
  const read: WrittenInventory = parse(readFileSync(inventory, 'utf8'));
  change(read);
  const file = join(home.work, `changed-${randomUUID()}.yaml`);
  writeFileSync(file, stringify(read));
  return file;
}
