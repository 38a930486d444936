// What an experiment is done on: masters that answer over SSH, and their API servers.
import type { ApiServer } from '../cluster/apiserver.ts';
import { connectCluster } from '../cluster/connect.ts';
import type { Host } from '../hosts/host.ts';
import { newKeyRing, openHost } from '../hosts/open.ts';
import type { Prompts } from '../hosts/prompts.ts';
import type { Inventory, Master } from '../inventory/inventory.ts';

export interface TargetMaster {
  readonly name: string;
  readonly master: Master;
  readonly host: Host;
}

export interface Target {
  readonly inventory: Inventory;
  readonly masters: readonly TargetMaster[];
  readonly apis: readonly ApiServer[];
  close(): Promise<void>;
}

/** Hosts for an inventory, not yet connected: so that a caller can say what it waits for. */
export function openHosts(inventory: Inventory, prompts: Prompts | null): readonly TargetMaster[] {
  // One ring for all: a key that serves every master is unlocked once.
  const keyRing = newKeyRing(prompts);
  return inventory.masters.map((master) => ({
    name: master.name,
    master,
    host: openHost(master, inventory, { prompts, keyRing }),
  }));
}

/**
 * Connects every master, then reads how to reach the API servers.
 * @throws KhaError of the first master that cannot be reached or refuses the login; connections made by then are closed.
 */
export async function openTarget(inventory: Inventory, prompts: Prompts | null): Promise<Target> {
  const masters = openHosts(inventory, prompts);
  const closeHosts = () => Promise.allSettled(masters.map(({ host }) => host.close()));
  try {
    // One after the other where a person may be asked: two questions at once cannot be answered.
    if (prompts) for (const { host } of masters) await host.connect();
    else await Promise.all(masters.map(({ host }) => host.connect()));
    const apis = await connectCluster(inventory.cluster, masters);
    return {
      inventory,
      masters,
      apis,
      async close() {
        for (const api of apis) api.close();
        await closeHosts();
      },
    };
  } catch (error) {
    await closeHosts();
    throw error;
  }
}

export function masterOf(target: Target, name: string): TargetMaster {
  const found = target.masters.find((master) => master.name === name);
  if (!found) throw new Error(`no master ${name} in ${target.inventory.source}`);
  return found;
}
