// A host whose key is not known is refused by name, before anything is asked of it.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { errorPrinted } from '../harness/printed.ts';
import { printedBy, runProgram } from '../harness/program.ts';
import type { Masters } from '../masters.ts';

export function refusalSuite(pair: () => Masters): void {
  it('refuses a master whose host key is not the known one, and starts no fault', async () => {
    const masters = pair();
    const known = join(masters.folder, 'known_hosts_of_others');
    // The two masters' keys, exchanged: what a machine in the middle would look like.
    const lines = (await readFile(join(masters.folder, 'known_hosts'), 'utf8')).trim().split('\n');
    const [first, second] = lines.map((line) => line.split(' '));
    await writeFile(
      known,
      `${first?.[0]} ${second?.slice(1).join(' ')}\n${second?.[0]} ${first?.slice(1).join(' ')}\n`,
    );
    const inventory = join(masters.folder, 'others.yaml');
    const own = await readFile(masters.inventory, 'utf8');
    await writeFile(inventory, own.replace(join(masters.folder, 'known_hosts'), known));

    const leader = await masters.leader('kube-scheduler');
    const ran = await runProgram({ ...masters, inventory }, ['failover', '--fault', 'stop', '--yes']);
    expect(ran.exitCode).toBe(4);
    expect(printedBy(ran, errorPrinted).error).toMatchObject({
      exit: 4,
      code: expect.stringMatching(/host-key/),
    });
    expect(await masters.leader('kube-scheduler')).toBe(leader);
  });
}
