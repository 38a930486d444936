// The units of the masters beside each other: a flag that should be the same on each, and is not.
import type { Flags } from '../goflags.ts';
import { valueShown } from '../mask.ts';
import { harmless, hostsIn, isLoopback, type Judgement, matters } from './judgement.ts';
import { factsOf, type UnitComponent, valueInForce } from './table.ts';

export interface MasterUnit {
  readonly master: string;
  readonly component: UnitComponent;
  readonly flags: Flags;
  readonly minor: number;
}

export interface MasterDifference extends Judgement {
  readonly component: UnitComponent;
  readonly flag: string;
  /** What holds on each master; null where neither a flag nor a default says. */
  readonly values: readonly { readonly master: string; readonly value: string | null }[];
}

const bothWork = 'each looks at another lock, and two that see no lock of the other both work at once';
const endpoints =
  'each keeps the endpoints of the service kubernetes in its own way, and they undo each other';

const reasons: Readonly<Record<string, Judgement>> = {
  'allow-privileged': matters(
    'whether a privileged container is let in depends on which API server is asked; choose one for all',
  ),
  'admission-control': matters(
    'what is let in depends on which API server is asked; choose one list for all',
  ),
  'enable-admission-plugins': matters(
    'what is let in depends on which API server is asked; choose one list for all',
  ),
  'authorization-mode': matters('who may do what depends on which API server is asked'),
  'service-cluster-ip-range': matters('each gives services addresses of another range'),
  'service-node-port-range': matters('each gives services ports of another range'),
  'apiserver-count': matters(endpoints),
  'endpoint-reconciler-type': matters(endpoints),
  'service-account-issuer': matters('a token of one is refused by the other'),
  'storage-backend': matters('what one writes into the store the other cannot read'),
  'etcd-prefix': matters('each keeps its objects in another place of the store: two clusters, not one'),
  'leader-elect': matters('who does not elect works beside the one that leads'),
  'leader-elect-resource-lock': matters(bothWork),
  'leader-elect-resource-name': matters(bothWork),
  'leader-elect-resource-namespace': matters(bothWork),
  'leader-elect-lease-duration': matters(
    'a standby with the shorter lease takes the lock while its leader holds it',
  ),
  'leader-elect-renew-deadline': matters('how long a leader clings to the lock depends on who leads'),
  'leader-elect-retry-period': matters('how fast a handover is depends on who takes over'),
  v: harmless('one says more in its log than the other'),
  logtostderr: harmless('their logs are in different places'),
  'insecure-port': harmless('one has a port without login that the other does not have'),
  'insecure-bind-address': harmless('one has a port without login where the other does not have it'),
};

const alike = matters('masters should be alike: what happens depends on which of them does the work');

/** Flags of which each master has its own, and files, are left out, unless two masters have one and the same that they must not share. */
export function betweenMasters(units: readonly MasterUnit[]): readonly MasterDifference[] {
  const components = [...new Set(units.map(({ component }) => component))];
  return components.flatMap((component) => {
    const ofIt = units.filter((unit) => unit.component === component);
    if (ofIt.length < 2) return [];
    const flags = [...new Set(ofIt.flatMap(({ flags: given }) => [...given.keys()]))].sort();
    return flags.flatMap((flag) => {
      const values = ofIt.map(({ master, flags: given, minor }) => ({
        master,
        value: valueInForce(component, flag, given, minor),
      }));
      const judged = factsOf(component, flag)?.sort ? shared(flag, values) : differing(flag, values);
      if (judged === null) return [];
      const shown = values.map(({ master, value }) => ({ master, value: valueShown(flag, value) }));
      return [{ component, flag, values: shown, ...judged }];
    });
  });
}

function differing(flag: string, values: MasterDifference['values']): Judgement | null {
  if (new Set(values.map(({ value }) => value)).size === 1) return null;
  return reasons[flag] ?? alike;
}

/** An address that two masters have in common, though each must have its own. */
function shared(flag: string, values: MasterDifference['values']): Judgement | null {
  if (flag !== 'advertise-address' && flag !== 'master') return null;
  const hosts = values.flatMap(({ value }) => (value === null ? [] : [hostsIn(value)[0] ?? '']));
  const twice = hosts.find((host, at) => !isLoopback(host) && hosts.indexOf(host) !== at);
  if (twice === undefined) return null;
  return flag === 'master'
    ? matters('they ask one and the same API server: when that one stops, none of them can work')
    : matters(
        'they publish one address, so that containers never reach the other API server; give each its own',
      );
}

/** What differs, before the reason: `--allow-privileged is false on kuberm, true on kuberm2`. */
export function masterDifferenceWords({ flag, values }: MasterDifference): string {
  const said = values.map(({ master, value }) => `${value ?? 'not given'} on ${master}`);
  return `--${flag} is ${said.join(', ')}`;
}
