// The units of the masters beside each other: a flag that should be the same on each, and is not.
import type { Flags } from '../goflags.ts';
import { valueShown } from '../mask.ts';
import { hostsIn, isLoopback, type Judgement, type Weight } from './judgement.ts';
import { factsOf, type UnitComponent, valueInForce } from './table.ts';
import { type BetweenReason, englishUnits, type UnitWords } from './words.ts';

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

type Reason = readonly [Weight, BetweenReason];

const reasons: Readonly<Record<string, Reason>> = {
  'allow-privileged': ['matters', 'privileged'],
  'admission-control': ['matters', 'admission'],
  'enable-admission-plugins': ['matters', 'admission'],
  'authorization-mode': ['matters', 'authorization'],
  'service-cluster-ip-range': ['matters', 'addresses'],
  'service-node-port-range': ['matters', 'ports'],
  'apiserver-count': ['matters', 'endpoints'],
  'endpoint-reconciler-type': ['matters', 'endpoints'],
  'service-account-issuer': ['matters', 'issuer'],
  'storage-backend': ['matters', 'storage'],
  'etcd-prefix': ['matters', 'prefix'],
  'leader-elect': ['matters', 'noElection'],
  'leader-elect-resource-lock': ['matters', 'otherLock'],
  'leader-elect-resource-name': ['matters', 'otherLock'],
  'leader-elect-resource-namespace': ['matters', 'otherLock'],
  'leader-elect-lease-duration': ['matters', 'shorterLease'],
  'leader-elect-renew-deadline': ['matters', 'deadline'],
  'leader-elect-retry-period': ['matters', 'retry'],
  v: ['harmless', 'loudness'],
  logtostderr: ['harmless', 'logPlace'],
  'insecure-port': ['harmless', 'openPort'],
  'insecure-bind-address': ['harmless', 'openAddress'],
};

/** Flags of which each master has its own, and files, are left out, unless two masters have one and the same that they must not share. */
export function betweenMasters(
  units: readonly MasterUnit[],
  words: UnitWords = englishUnits,
): readonly MasterDifference[] {
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
      const [weight, reason] = judged;
      return [{ component, flag, values: shown, weight, why: words.between[reason] }];
    });
  });
}

function differing(flag: string, values: MasterDifference['values']): Reason | null {
  if (new Set(values.map(({ value }) => value)).size === 1) return null;
  return reasons[flag] ?? ['matters', 'alike'];
}

/** An address that two masters have in common, though each must have its own. */
function shared(flag: string, values: MasterDifference['values']): Reason | null {
  if (flag !== 'advertise-address' && flag !== 'master') return null;
  const hosts = values.flatMap(({ value }) => (value === null ? [] : [hostsIn(value)[0] ?? '']));
  const twice = hosts.find((host, at) => !isLoopback(host) && hosts.indexOf(host) !== at);
  if (twice === undefined) return null;
  return ['matters', flag === 'master' ? 'oneServer' : 'oneAddress'];
}

/** What differs, before the reason: `--allow-privileged is false on kuberm, true on kuberm2`. */
export function masterDifferenceWords(
  { flag, values }: MasterDifference,
  words: UnitWords = englishUnits,
): string {
  return words.is(`--${flag}`, values.map(({ master, value }) => words.isOn(value, master)).join(', '));
}
