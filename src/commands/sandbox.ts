// kha-lab sandbox up, down, status: the sandbox by itself, for other programs.
import { resolve } from 'node:path';
import { pause } from '../experiment/watch/witness.ts';
import { exits } from '../model/failure.ts';
import { inWords } from './choose.ts';
import type { CommonFlags } from './flags.ts';
import { listenForInterrupts } from './interrupts.ts';
import { type SandboxShape, shapeOf } from './sandboxflags.ts';
import type { Surroundings } from './surroundings.ts';

export interface SandboxFlags extends CommonFlags, SandboxShape {
  readonly lock: 'endpoints' | 'leases';
  /** Real Kubernetes and etcd instead of ours. */
  readonly binDir?: string;
}

export async function sandboxUp(flags: SandboxFlags, { stdout, stderr }: Surroundings): Promise<number> {
  const shape = shapeOf(flags);
  const { startSandbox } = await import('../sandbox/up.ts');
  const interrupts = listenForInterrupts();
  const sandbox = await startSandbox({
    lock: flags.lock,
    ...shape,
    ...(flags.binDir !== undefined && { binDir: resolve(flags.binDir) }),
  });
  try {
    const {
      inventoryFile: inventory,
      sshConfigFile: sshConfig,
      kubeconfigFile: kubeconfig,
      readyMs,
    } = sandbox;
    if (flags.json)
      stdout.write(`${JSON.stringify({ version: 1, inventory, sshConfig, kubeconfig, readyMs })}\n`);
    else {
      stdout.write(
        `A sandbox of ${inWords(flags.masters)} masters is up (${Math.round(readyMs)} ms). Ctrl+c ends it; nothing of it stays.\n\n`,
      );
      stdout.write(`  kha-lab check --inventory ${inventory}\n`);
      stdout.write(`  ssh -F ${sshConfig} kuberm\n`);
      stdout.write(`  kubectl --kubeconfig ${kubeconfig} get endpoints kubernetes\n`);
    }
    const ended = await Promise.race([pause(2 ** 31 - 1, interrupts.first).then(() => null), sandbox.ended]);
    if (ended !== null && !ended.asked) {
      stderr.write(`The sandbox ended by itself: ${ended.reason}\nStart it again with: kha-lab sandbox up\n`);
      return exits.bug;
    }
    return exits.good;
  } finally {
    await sandbox.down();
    interrupts.stopListening();
  }
}

export async function sandboxDown(flags: CommonFlags, { stdout }: Surroundings): Promise<number> {
  const { listSandboxes, stopSandbox } = await import('../sandbox/registry.ts');
  const up = await listSandboxes();
  for (const { id } of up) await stopSandbox(id);
  if (flags.json) stdout.write(`${JSON.stringify({ version: 1, ended: up.map(({ id }) => id) })}\n`);
  else
    stdout.write(up.length === 0 ? 'No sandbox is up.\n' : `Ended ${up.map(({ id }) => id).join(', ')}.\n`);
  return exits.good;
}

export async function sandboxStatus(flags: CommonFlags, { stdout }: Surroundings): Promise<number> {
  const { listSandboxes } = await import('../sandbox/registry.ts');
  const up = await listSandboxes();
  if (flags.json) stdout.write(`${JSON.stringify({ version: 1, sandboxes: up })}\n`);
  else if (up.length === 0) stdout.write('No sandbox is up. Start one with: kha-lab sandbox up\n');
  for (const { id, inventoryFile } of flags.json ? [] : up)
    stdout.write(`${id}  kha-lab check --inventory ${inventoryFile}\n`);
  return exits.good;
}
