// A network namespace of one pair: a bridge in it, and nothing that leads out of it.
import { execa } from 'execa';
import { addressOf, BALANCER, GATEWAY, namespaceFile, namespaceName } from './places.ts';

export const BRIDGE = 'br0';

/** Makes the namespace of `id` with its bridge and loopback up. */
export async function makeNetwork(id: string): Promise<void> {
  const name = namespaceName(id);
  await execa('ip', ['netns', 'add', name]);
  const inside = (...args: string[]) => execa('ip', ['-n', name, ...args]);
  await inside('link', 'set', 'lo', 'up');
  await inside('link', 'add', BRIDGE, 'type', 'bridge');
  await inside('address', 'add', `${GATEWAY}/24`, 'dev', BRIDGE);
  await inside('address', 'add', `${addressOf(BALANCER)}/24`, 'dev', BRIDGE);
  await inside('link', 'set', BRIDGE, 'up');
}

/** Removes the namespace of `id`; does nothing when it is gone. */
export async function removeNetwork(id: string): Promise<void> {
  await execa('ip', ['netns', 'delete', namespaceName(id)], { reject: false });
}

/**
 * The words to put before a command so that it runs inside the namespace of `id`. Not `ip netns exec`: that
 * remounts /sys and hides the cgroups from systemd-nspawn.
 */
export function insideNetwork(id: string): string[] {
  return ['nsenter', `--net=${namespaceFile(id)}`, '--'];
}
