// The first line of a run's recording: what it takes to run it again and to know what it ran on, and no secret.
import { hostname } from 'node:os';
import type { Inventory, Master } from '../inventory/inventory.ts';
import { withoutSecrets } from '../model/argvsecrets.ts';
import type { RunBegun, RunInventory } from '../model/observation.ts';
import { writeTime } from '../model/rfc3339.ts';
import { version } from '../version.ts';

export interface HeaderFacts {
  readonly what: RunBegun['what'];
  readonly inventory: Inventory;
  readonly target: string;
  readonly lab?: string;
  readonly seat?: string;
  /** As the command line gave them, defaults filled in. */
  readonly flags?: object;
  readonly startedMs: number;
}

export function runHeader({ what, inventory, target, lab, seat, flags, startedMs }: HeaderFacts): RunBegun {
  return {
    kind: 'run',
    version: 1,
    tool: `kha-lab ${version}`,
    startedAt: writeTime(startedMs),
    what,
    target,
    command: withoutSecrets(['kha-lab', ...process.argv.slice(2)]),
    masters: inventory.masters.map(({ name, identity, reach }) => ({
      name,
      address: reach.via === 'ssh' ? reach.host : hostname(),
      ...(identity !== undefined && { identity }),
    })),
    ...(lab !== undefined && { lab }),
    ...(flags && { flags: flagsInForce(flags) }),
    versions: { node: process.version, platform: `${process.platform} ${process.arch}` },
    inventory: withoutKeys(inventory),
    ...(seat !== undefined && { seat }),
  };
}

function flagsInForce(flags: object): NonNullable<RunBegun['flags']> {
  return Object.fromEntries(
    Object.entries(flags).flatMap(([name, value]: [string, unknown]) => {
      if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
        return [[name, value]];
      return typeof value === 'object' && value !== null ? [[name, JSON.stringify(value)]] : [];
    }),
  );
}

function withoutKeys({ source, sudo, strictHostKeyChecking, cluster, masters }: Inventory): RunInventory {
  const { via, kubeconfig } = cluster;
  const context = 'context' in cluster ? cluster.context : undefined;
  return {
    source,
    sudo,
    strictHostKeyChecking,
    cluster: { via, kubeconfig, ...(context !== undefined && { context }) },
    masters: masters.map(masterWithoutKeys),
  };
}

function masterWithoutKeys({ name, reach, api, components }: Master): RunInventory['masters'][number] {
  return {
    name,
    via: reach.via,
    ...(reach.via === 'ssh' && { user: reach.user, port: reach.port }),
    ...(api && { api }),
    components,
  };
}
