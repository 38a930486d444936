// Logs as most clusters keep them, without a word of renewals and looks, or that cannot be read: measured all the same, and steady again.
import { beforeAll, expect, it } from 'vitest';
import { makeHome } from './drivers/home.ts';
import { changedInventory } from './drivers/inventory.ts';
import { kha, onlyObject } from './drivers/program.ts';
import { quickTerms, sandboxUp, type UpSandbox } from './drivers/sandbox.ts';
import { hasSsh, onMaster } from './drivers/ssh.ts';

interface Told {
  readonly restored: boolean;
  readonly steady: boolean;
  readonly rounds: readonly {
    readonly verdict: string;
    readonly marks: readonly { readonly name: string; readonly witness: string }[];
  }[];
}

const home = makeHome();
let sandbox: UpSandbox;
beforeAll(async () => {
  sandbox = await sandboxUp(home, ['--lock', 'leases', ...quickTerms]);
});

async function measured(inventory: string, ...words: string[]) {
  const ran = await kha(home, ['failover', '--inventory', inventory, '--yes', '--json', ...words]);
  expect(ran.exitCode, ran.stdout + ran.stderr).toBe(0);
  const told = onlyObject(ran) as unknown as Told;
  expect(told).toMatchObject({ restored: true, steady: true, rounds: [{ verdict: 'passed' }] });
  return { witness: told.rounds[0]?.marks.find(({ name }) => name === 'acquired')?.witness, ran };
}

it.skipIf(!hasSsh)('--v=2', async () => {
  const unit = 'lib/systemd/system/kube-scheduler.service';
  for (const master of ['kuberm', 'kuberm2']) {
    const quiet = `sed -i s/--v=6/--v=2/ ${unit} && systemctl daemon-reload && systemctl restart kube-scheduler`;
    expect((await onMaster(sandbox, master, quiet)).stderr).toBe('');
  }
  expect((await measured(sandbox.inventory, '--fault', 'stop')).witness).toBe('log line');
});

it('a log that is not where the inventory says: the lock tells, and what is not known is said', async () => {
  const file = changedInventory(home, sandbox, (inventory) => {
    inventory.components = { 'kube-controller-manager': { logs: '/var/log/kubernetes/nothing.INFO' } };
  });
  const { witness, ran } = await measured(file, '--component', 'kube-controller-manager', '--fault', 'kill');
  expect(witness).toBe('lock record');
  expect(ran.stderr).toMatch(/does not show whether it looks at the lock/);
});
