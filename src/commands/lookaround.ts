// What `init` finds out by looking: what each master calls itself, and whether its own API server answers.
import { connectCluster } from '../cluster/connect.ts';
import { askHealth } from '../cluster/facts.ts';
import { openHosts, type TargetMaster } from '../experiment/target.ts';
import type { Prompts } from '../hosts/prompts.ts';
import type { Inventory, Master } from '../inventory/inventory.ts';
import { exits, KhaError } from '../model/failure.ts';
import { sanitise } from '../model/sanitise.ts';

export interface FoundMaster {
  /** As the inventory that was looked around with calls it. */
  readonly as: string;
  /** Its host name; null where it could not be asked. */
  readonly name: string | null;
  readonly api: NonNullable<Master['api']> | null;
  /** Why it could not be asked. */
  readonly failure: KhaError | null;
}

export interface Found {
  readonly masters: readonly FoundMaster[];
  /** Why the kubeconfig could not be used. */
  readonly cluster: KhaError | null;
}

/** Changes nothing. Rejects only when it is interrupted. */
export async function lookAround(inventory: Inventory, prompts: Prompts | null): Promise<Found> {
  const masters: FoundMaster[] = [];
  // One after the other: two questions at once cannot be answered.
  const opened = openHosts(inventory, prompts);
  for (const one of opened) masters.push(await askName(one));
  try {
    const own = await ownApis(inventory, opened);
    const withApi = masters.map((master) => ({ ...master, api: own.get(master.as) ?? null }));
    return { masters: withApi, cluster: null };
  } catch (error) {
    if (!(error instanceof KhaError)) throw error;
    return { masters, cluster: error };
  }
}

async function askName({ name: as, host }: TargetMaster): Promise<FoundMaster> {
  const found = { as, name: null, api: null, failure: null };
  try {
    await host.connect();
    const name = sanitise((await host.ask(['hostname'])).stdout.trim());
    return { ...found, name: name === '' ? null : name };
  } catch (error) {
    if (!(error instanceof KhaError) || error.exit === exits.interrupted) throw error;
    return { ...found, failure: error };
  } finally {
    await host.close();
  }
}

const usualPort = 6443;

/** Masters whose own address answers as an API server with this kubeconfig, its certificate included. */
async function ownApis({ cluster }: Inventory, opened: readonly TargetMaster[]) {
  const asked = opened.flatMap(({ name, master, host }) => {
    if (master.reach.via !== 'ssh') return [];
    const api = { host: master.reach.host, port: usualPort };
    return [{ name, api, host, master: { ...master, api } }];
  });
  const apis = await connectCluster(cluster, asked);
  try {
    const health = await Promise.all(apis.map(askHealth));
    return new Map(
      asked.flatMap(({ name, api }, index) => (health[index]?.version ? [[name, api] as const] : [])),
    );
  } finally {
    for (const api of apis) api.close();
  }
}
