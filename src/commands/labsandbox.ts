// The sandbox a lab is made for: what its lab.yaml says, unless flags say otherwise.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Lab } from '../lab/format.ts';
import type { ChoosingFlags } from './choose.ts';

export function sandboxOf({ sandbox }: Pick<Lab, 'sandbox'>): Pick<ChoosingFlags, 'lock' | 'masters'> {
  if (!sandbox) return {};
  const { lock, masters } = sandbox;
  return { lock, ...(masters !== undefined && { masters }) };
}

/** The same before the lab is read: most labs say nothing of it, and a sandbox must not wait for them. */
export async function sandboxOfFolder(folder: string): Promise<Pick<ChoosingFlags, 'lock' | 'masters'>> {
  const text = await readFile(join(folder, 'lab.yaml'), 'utf8').catch(() => '');
  if (!/^sandbox:/m.test(text)) return {};
  const { readLab } = await import('../lab/read.ts');
  return sandboxOf(await readLab(folder));
}
