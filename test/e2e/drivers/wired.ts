// An inventory whose masters are reached through wires that can be cut.
import { appendFileSync, copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Home } from './home.ts';
import { changedInventory } from './inventory.ts';
import { type CutWire, proxyFor } from './proxy.ts';
import type { UpSandbox } from './sandbox.ts';

/** Each master's own SSH server behind a proxy, with the same host keys known under the proxy's port. */
export async function wiredInventory(
  home: Home,
  sandbox: UpSandbox,
): Promise<{ readonly inventory: string; readonly wires: readonly CutWire[] }> {
  const config = readFileSync(sandbox.sshConfig, 'utf8');
  const targets = [...config.matchAll(/^\s+Port (\d+)$/gm)].map(([, port]) => Number(port));
  const wires = new Map<number, CutWire>();
  for (const target of targets) wires.set(target, await proxyFor(target));
  const inventory = changedInventory(home, sandbox, (read) => {
    const knownHosts = join(home.work, `known_hosts-${targets.join('-')}`);
    copyFileSync(read.ssh.knownHostsFile, knownHosts);
    const known = readFileSync(knownHosts, 'utf8').split('\n');
    for (const [target, { port }] of wires) {
      const line = known.find((one) => one.startsWith(`[127.0.0.1]:${target} `)) ?? '';
      appendFileSync(knownHosts, `${line.replace(String(target), String(port))}\n`);
    }
    read.ssh.knownHostsFile = knownHosts;
    for (const { ssh } of read.masters) ssh.port = wires.get(Number(ssh.port))?.port ?? ssh.port;
  });
  return { inventory, wires: [...wires.values()] };
}
