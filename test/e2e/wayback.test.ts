// The way back, proven in the sandbox: the program is killed at a random moment of a round, and the masters mend themselves.
import { setTimeout as after } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/model/random.ts';
import { type Home, makeHome } from './drivers/home.ts';
import { until } from './drivers/poll.ts';
import { kha, start } from './drivers/program.ts';
import { quickTerms, sandboxUp, type UpSandbox } from './drivers/sandbox.ts';
import { hasSsh, onMaster } from './drivers/ssh.ts';
import { wiredInventory } from './drivers/wired.ts';

const units = ['etcd', 'kube-apiserver', 'kube-scheduler', 'kube-controller-manager'];
const properties = 'Id,LoadState,ActiveState,SubState,UnitFileState,DropInPaths,Restart';
/** All that a run may not leave changed on a master. */
const look = [
  `systemctl show --property=${properties} ${units.map((unit) => `${unit}.service`).join(' ')}`,
  'systemctl list-timers --all --no-legend',
  "systemctl show --property=ActiveState 'kha-lab-return.service'",
  'iptables -w -S OUTPUT',
].join('; ');

async function stateOf(sandbox: UpSandbox): Promise<string> {
  const both = ['kuberm', 'kuberm2'].map(async (name) => (await onMaster(sandbox, name, look)).stdout);
  return (await Promise.all(both)).join('\n');
}

/** From the program's start to the end of a round with these terms. */
const roundMs = 14_000;
/** The timer of these terms counts 46 s; then what was woken has to exit. On a busy machine all of it takes longer. */
const mendedWithinMs = 180_000;
const seed = Number(process.env.KHA_SEED ?? 25);
/** How often the program is killed in each fault. With more than one, it goes in the other ways too, once each. */
const moments = Number(process.env.KHA_MOMENTS ?? 1);

type Way = 'killed' | 'silent' | 'cut off' | 'master rebooted';
const ways: readonly Way[] = [
  ...Array<Way>(moments).fill('killed'),
  ...(moments > 1 ? (['silent', 'cut off', 'master rebooted'] as const) : []),
];
/** A sandbox does one moment after the other; so many of them stand side by side for each fault. */
const lanes = Math.min(2, ways.length);
const faults = ['stop', 'kill', 'freeze', 'zombie', 'apiserver', 'cut', 'etcd'];

describe.runIf(hasSsh)(`with seed ${seed}, ${moments} moment(s) each`, () => {
  it.concurrent.each(
    faults.flatMap((fault) => Array.from({ length: lanes }, (_, lane) => ({ fault, lane }))),
  )('$fault, lane $lane', { timeout: ways.length * 300_000 }, async ({ fault, lane }) => {
    const home = makeHome();
    const sandbox = await sandboxUp(home, ['--lock', 'leases', ...quickTerms]);
    const before = await stateOf(sandbox);
    const random = seededRandom(seed + fault.length + 1000 * lane);
    for (const [index, way] of ways.entries())
      if (index % lanes === lane)
        await goneAt(home, sandbox, { fault, way, before, atMs: random() * roundMs });
    await sandbox.end();
  });
});

async function goneAt(
  home: Home,
  sandbox: UpSandbox,
  { fault, way, before, atMs }: { fault: string; way: Way; before: string; atMs: number },
): Promise<void> {
  const { inventory, wires } =
    way === 'cut off' ? await wiredInventory(home, sandbox) : { ...sandbox, wires: [] };
  const program = start(home, ['failover', '--inventory', inventory, '--fault', fault, '--yes', '--json']);
  // A moment is a time and nothing else; what is waited for is what comes of it.
  await after(atMs);
  if (way === 'killed') program.kill('SIGKILL');
  if (way === 'silent') program.kill('SIGSTOP');
  if (way === 'cut off') for (const wire of wires) wire.cut();
  if (way === 'master rebooted') await onMaster(sandbox, 'kuberm', 'reboot');
  if (way === 'killed' || way === 'master rebooted') await program.ended;
  const mended = `${fault}, ${way} after ${Math.round(atMs)} ms: the masters are as before`;
  await until(mended, async () => (await stateOf(sandbox)) === before, {
    withinMs: mendedWithinMs,
    // Each look starts an ssh for every master; many sandboxes stand side by side.
    everyMs: 2_000,
    instead: async () => `${await stateOf(sandbox)}\n${program.stderr()}\n${program.stdout().slice(-2000)}`,
  });
  program.kill('SIGKILL');
  await program.ended;
  for (const wire of wires) wire.mend();
  const recovered = await kha(home, ['recover']);
  expect(recovered.exitCode, recovered.stdout + recovered.stderr).toBe(0);
  expect(await stateOf(sandbox)).toBe(before);
  expect(home.pending()).toEqual([]);
}
