// init: names and API servers of masters that answer, and an inventory that check finds good as it was written.
import { copyFile, mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { checkPrinted } from '../harness/printed.ts';
import { printedBy, runProgram } from '../harness/program.ts';
import type { Masters } from '../masters.ts';

const initPrinted = z.object({ version: z.literal(1), inventory: z.string() });

interface Written {
  readonly name: string;
  readonly ssh: { readonly user: string; readonly host: string };
  readonly api: { readonly host: string; readonly port: number };
}

export function initSuite(pair: () => Masters): void {
  it('writes an inventory from two logins, each with its own API server', async () => {
    const masters = pair();
    const own = parse(await readFile(masters.inventory, 'utf8'));
    const home = join(masters.folder, 'newcomer');
    const inventory = join(home, 'kha-lab.yaml');
    await mkdir(join(home, '.ssh'), { recursive: true });
    await rm(inventory, { force: true });
    for (const name of ['known_hosts', 'id_ed25519'])
      await copyFile(join(masters.folder, name), join(home, '.ssh', name));
    const at = { ...masters, inventory, inside: [...masters.inside, 'env', `HOME=${home}`] };
    const logins = own.masters.map(({ ssh }: Written) => `${ssh.user}@${ssh.host}`);
    const ran = await runProgram(at, ['init', ...logins, '--kubeconfig', masters.kubeconfig]);
    expect(printedBy(ran, initPrinted).inventory).toBe(inventory);
    expect(ran.exitCode).toBe(0);
    const written = parse(await readFile(inventory, 'utf8'));
    const told = ({ name, api }: Written) => ({ name, api });
    expect(written.masters.map(told)).toEqual(own.masters.map(told));
    const checked = printedBy(await runProgram(at, ['check']), checkPrinted);
    expect(checked.ok).toBe(true);
  });
}
