// What forbids a fault, each told in a sentence before anything is touched.
import { execFileSync, spawnSync } from 'node:child_process';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { expectFailure } from './contract/failure.ts';
import { makeHome } from './drivers/home.ts';
import { changedInventory } from './drivers/inventory.ts';
import { kha } from './drivers/program.ts';
import { quickTerms, sandboxUp, type UpSandbox } from './drivers/sandbox.ts';
import { hasSsh, onMaster } from './drivers/ssh.ts';

const hasKubectl = spawnSync('kubectl', ['version', '--client']).status === 0;

const home = makeHome();
let sandbox: UpSandbox;
beforeAll(async () => {
  sandbox = await sandboxUp(home, ['--lock', 'endpoints', ...quickTerms]);
});

const failover = (inventory: string, ...more: string[]) =>
  kha(home, ['failover', '--inventory', inventory, '--yes', '--json', ...more]);

/** An inventory of this one master. */
const alone = (name: string) =>
  changedInventory(home, sandbox, (inventory) => {
    inventory.masters = inventory.masters.filter((master) => master.name === name);
  });

afterEach(async () => {
  if (!hasSsh) return;
  for (const master of ['kuberm', 'kuberm2']) {
    const { stdout } = await onMaster(sandbox, master, 'systemctl is-active kube-scheduler');
    expect(`${master} ${stdout}`).toBe(`${master} active`);
  }
});

it('a single master: nobody could take over', async () => {
  const error = expectFailure(await failover(alone('kuberm')), { code: 'no-standby', exit: 3 });
  expect(error.message).toMatch(/^No fault was issued: only kuberm runs kube-scheduler/);
});

it('a dry run plans nothing that the run refuses, and says so once', async () => {
  const dry = (inventory: string, ...more: string[]) => failover(inventory, '--dry-run', ...more);
  const refused = [
    expectFailure(await dry(alone('kuberm')), { code: 'no-standby', exit: 3 }),
    expectFailure(await dry(sandbox.inventory, '--on', 'kuberm9'), { code: 'unknown-master', exit: 2 }),
  ];
  expect(refused.map(({ message }) => message)).toEqual([
    expect.stringMatching(/^No fault was issued: only kuberm runs kube-scheduler/),
    expect.stringMatching(/kuberm9.*none of these masters/),
  ]);
  const told = await kha(home, [
    'failover',
    '--inventory',
    sandbox.inventory,
    '--on',
    'kuberm9',
    '--dry-run',
  ]);
  expect(told.stderr.match(/none of these masters/g)).toHaveLength(1);
});

it.skipIf(!hasSsh)(
  'a lock held by a host that is not in the inventory: named',
  { timeout: 120_000 },
  async () => {
    // Both run, so that one of them leads; only the other is known.
    const error = expectFailure(await failover(alone('kuberm2'), '--fault', 'etcd'), {
      code: 'not-steady',
      exit: 3,
    });
    expect(error.message).toMatch(/No fault was issued.*held by kuberm, which is none of these masters/);
    expect(error.tryThis).toMatch(/inventory/);
  },
);

it.skipIf(!hasSsh)('a component that was told to take no part in the election', async () => {
  const unit = 'lib/systemd/system/kube-controller-manager.service';
  const change = (from: string, to: string) =>
    onMaster(
      sandbox,
      'kuberm',
      `sed -i s/--leader-elect=${from}/--leader-elect=${to}/ ${unit} && systemctl daemon-reload`,
    );
  const changed = await change('true', 'false');
  expect(changed.stderr).toBe('');
  const ran = await failover(sandbox.inventory, '--component', 'kube-controller-manager');
  await change('false', 'true');
  const error = expectFailure(ran, { code: 'not-elected', exit: 3 });
  expect(error.message).toMatch(/No fault was issued: kube-controller-manager on kuberm takes no part/);
});

it.skipIf(!hasSsh || !hasKubectl)('a lock that nobody holds', { timeout: 120_000 }, async () => {
  const frozen = async (signal: 'STOP' | 'CONT') => {
    for (const master of ['kuberm', 'kuberm2']) {
      const kill = `systemctl kill --signal=SIG${signal} kube-controller-manager`;
      expect((await onMaster(sandbox, master, kill)).stderr).toBe('');
    }
  };
  // Nobody is awake to take it once it is empty, though every unit is active.
  await frozen('STOP');
  try {
    const lock = ['endpoints', 'kube-controller-manager', '--namespace', 'kube-system'];
    const empty = 'control-plane.alpha.kubernetes.io/leader={"holderIdentity":""}';
    const words = ['--kubeconfig', sandbox.kubeconfig, 'annotate', '--overwrite', ...lock, empty];
    execFileSync('kubectl', words);
    const ran = await failover(sandbox.inventory, '--component', 'kube-controller-manager');
    const error = expectFailure(ran, { code: 'not-steady', exit: 3 });
    expect(error.message).toMatch(/No fault was issued.*nobody holds the lock of kube-controller-manager/);
  } finally {
    await frozen('CONT');
  }
});
