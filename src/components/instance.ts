// One component on one master, found by looking: its unit, flags, timing, and where its log is.
import type { Host } from '../hosts/host.ts';
import type { ComponentPlace } from '../inventory/inventory.ts';
import { withoutSecrets } from '../model/argvsecrets.ts';
import type { ElectionTerms, InstanceSeen, LogPlace } from '../model/observation.ts';
import {
  electionTerms,
  execArgv,
  flagsOf,
  logPlaceOf,
  parseUnitFiles,
  type UnitFile,
} from '../model/unitfile.ts';

import { catUnits, showUnits, type UnitState } from './unitstate.ts';

export interface Instance {
  readonly component: string;
  readonly unit: string;
  readonly argv: readonly string[];
  readonly terms: ElectionTerms | null;
  readonly logs: LogPlace | null;
}

export interface Wanted {
  readonly components: readonly string[];
  /** What the inventory says of them; by component. */
  readonly places: Readonly<Record<string, ComponentPlace>>;
  /** Kubernetes version where it is known, for what the flags leave to it. */
  readonly version: string | null;
}

const elected = ['kube-scheduler', 'kube-controller-manager'];

/**
 * Finds components: each by the unit the inventory names, else by the unit of its own name, else by any loaded unit that
 * runs a program of that name. Those that this master does not have are left out. Two questions to the host as a rule.
 */
export async function findInstances(host: Host, wanted: Wanted): Promise<readonly Instance[]> {
  return (await findUnitFiles(host, wanted)).map((found) => instanceOf(found, wanted));
}

/** The unit of a component, with what its file and its drop-ins say. */
export interface FoundUnit {
  readonly component: string;
  readonly unit: string;
  readonly file: UnitFile;
}

/** As `findInstances`, and the unit files themselves. */
export async function findUnitFiles(
  host: Host,
  wanted: Omit<Wanted, 'version'>,
): Promise<readonly FoundUnit[]> {
  const units = await findUnits(host, wanted);
  if (units.size === 0) return [];
  const files = parseUnitFiles((await catUnits(host, [...units.values()])) ?? '');
  return [...units].flatMap(([component, unit], index) => {
    // An alias is printed under the name of its file: then its place among the files tells.
    const file =
      files.find(({ name }) => name === unit) ?? (files.length === units.size ? files[index] : undefined);
    return file ? [{ component, unit, file }] : [];
  });
}

function instanceOf({ component, unit, file }: FoundUnit, { places, version }: Wanted): Instance {
  const argv = execArgv(file);
  const flags = flagsOf(argv);
  return {
    component,
    unit,
    argv,
    terms: elected.includes(component) ? electionTerms(component, flags, version) : null,
    logs: givenLogs(places[component] ?? {}, unit) ?? logPlaceOf({ file, flags, unit, component }),
  };
}

/** The unit of each component that was found, by component. */
async function findUnits(
  host: Host,
  { components, places }: Omit<Wanted, 'version'>,
): Promise<ReadonlyMap<string, string>> {
  const names = components.map((component) => places[component]?.unit ?? `${component}.service`);
  const named = await showUnits(host, names);
  const missing = components.filter((_, index) => !named[index]?.loaded);
  const others = missing.some((component) => component !== 'etcd')
    ? await showUnits(host, ['*.service'])
    : [];
  return new Map(
    components.flatMap((component, index) => {
      if (named[index]?.loaded) return [[component, names[index] ?? ''] as const];
      const runs = new RegExp(`(^|/)${component}( |$)`);
      const other = places[component]?.unit
        ? undefined
        : others.find(({ execStart }) => runs.test(execStart));
      return other ? [[component, other.id] as const] : [];
    }),
  );
}

function givenLogs({ logs }: ComponentPlace, unit: string): LogPlace | null {
  if (logs === undefined) return null;
  return logs === 'journal' ? { at: 'journal', unit } : { at: 'file', path: logs };
}

/** The instance and its unit's state as the stream carries them. */
export function instanceSeen(
  instance: Instance,
  state: UnitState | undefined,
  version: string | null,
): InstanceSeen {
  const { component, unit, argv, logs, terms } = instance;
  return {
    kind: 'instance',
    component,
    unit,
    active: state?.loaded ? state.active : 'missing',
    sub: state?.sub ?? '',
    enabled: state?.enabled ?? '',
    pid: state?.pid ?? null,
    argv: withoutSecrets(argv),
    logs,
    terms,
    version,
  };
}
