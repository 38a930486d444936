// The units that masters really have, each with what it is judged by, and the version its master runs.
import type { ApiServer } from '../cluster/apiserver.ts';
import { connectCluster } from '../cluster/connect.ts';
import { askHealth } from '../cluster/facts.ts';
import { type FoundUnit, findUnitFiles } from '../components/instance.ts';
import { openHosts, type TargetMaster } from '../experiment/target.ts';
import type { Prompts } from '../hosts/prompts.ts';
import type { Inventory } from '../inventory/inventory.ts';
import { withoutSecrets } from '../model/argvsecrets.ts';
import { exits, KhaError } from '../model/failure.ts';
import type { Flags } from '../model/goflags.ts';
import { execArgv, flagsOf, settingsOf } from '../model/unitfile.ts';
import { type UnitComponent, unitComponents } from '../model/unitflags/table.ts';

export interface RealMaster {
  readonly name: string;
  /** `v1.20.2` */
  readonly version: string;
  readonly units: readonly {
    readonly component: UnitComponent;
    readonly unit: string;
    readonly flags: Flags;
    /** Its `Restart=`; null where it says none. */
    readonly restart: string | null;
    readonly elsewhere: string | null;
  }[];
}

/** Looks, and changes nothing. Connections are closed again. @throws KhaError of the first master that cannot be asked. */
export async function findRealUnits(
  inventory: Inventory,
  how: { readonly kubernetes: string | undefined; readonly prompts: Prompts | null },
): Promise<readonly RealMaster[]> {
  const masters = openHosts(inventory, how.prompts);
  try {
    // One after the other where a person may be asked.
    if (how.prompts) for (const { host } of masters) await host.connect();
    else await Promise.all(masters.map(({ host }) => host.connect()));
    const versions = how.kubernetes === undefined ? await versionsOf(inventory, masters) : null;
    return await Promise.all(
      masters.map(async ({ name, host, master }) => {
        const found = await findUnitFiles(host, { components: unitComponents, places: master.components });
        const version = how.kubernetes ?? versions?.get(name) ?? '';
        return { name, version, units: unitComponents.flatMap((component) => unitOf(component, found)) };
      }),
    );
  } finally {
    await Promise.allSettled(masters.map(({ host }) => host.close()));
  }
}

function unitOf(component: UnitComponent, found: readonly FoundUnit[]): RealMaster['units'] {
  const { unit, file } = found.find((one) => one.component === component) ?? {};
  if (unit === undefined || file === undefined) return [];
  const argv = withoutSecrets(execArgv(file));
  const restart = settingsOf(file, 'Service', 'Restart').at(-1) ?? null;
  const [filled] = settingsOf(file, 'Service', 'EnvironmentFile');
  // etcd reads its flags from the environment as well; the others only what the command line names.
  const fills = component === 'etcd' || argv.some((word) => word.startsWith('$'));
  const elsewhere = fills && filled !== undefined ? filled.replace(/^-/, '') : null;
  return [{ component, unit, flags: flagsOf(argv), restart, elsewhere }];
}

/** What each master's own API server says it is, else what any of them says. @throws KhaError `no-version` (exit 4) */
async function versionsOf(
  inventory: Inventory,
  masters: readonly TargetMaster[],
): Promise<ReadonlyMap<string, string>> {
  const apis = await connectCluster(inventory.cluster, masters);
  try {
    const said = await Promise.all(
      apis.map(async (api: ApiServer) => ({ master: api.master, ...(await askHealth(api)) })),
    );
    const any = said.find(({ version }) => version !== null)?.version ?? null;
    if (any === null) throw noVersion(said.find(({ failure }) => failure !== null)?.failure ?? null);
    return new Map(
      masters.map(({ name }) => [name, said.find(({ master }) => master === name)?.version ?? any]),
    );
  } finally {
    for (const api of apis) api.close();
  }
}

function noVersion(cause: KhaError | null): KhaError {
  return new KhaError({
    code: 'no-version',
    exit: exits.unreachable,
    message: `No API server says which Kubernetes it is${cause ? `: ${cause.message}` : '.'}`,
    tryThis: 'Say it yourself: kha-lab units --compare --kubernetes 1.20.2',
    cause,
  });
}
