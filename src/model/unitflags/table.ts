// What is known of a component's flags: in which versions they are, what each means, and what holds when it is left out.
import { booleanFlag, type Flags } from '../goflags.ts';
import { apiserverFlags } from './apiserver.ts';
import { controllerManagerFlags, schedulerFlags } from './elected.ts';
import { etcdFlags } from './etcd.ts';
import type { FlagFacts, FlagTable } from './facts.ts';
import { kubeletFlags, kubeProxyFlags } from './node.ts';

export const unitComponents = [
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kubelet',
  'kube-proxy',
] as const;

export type UnitComponent = (typeof unitComponents)[number];

const tables: Readonly<Record<UnitComponent, FlagTable>> = {
  etcd: etcdFlags,
  'kube-apiserver': apiserverFlags,
  'kube-controller-manager': controllerManagerFlags,
  'kube-scheduler': schedulerFlags,
  kubelet: kubeletFlags,
  'kube-proxy': kubeProxyFlags,
};

/** What is known of a flag, named without dashes; null for one that is not in the tutorial's units nor ours. */
export function factsOf(component: UnitComponent, flag: string): FlagFacts | null {
  return tables[component][flag] ?? null;
}

/** Whether this version's program knows the flag; null when that is not known here. */
export function isKnownIn(component: UnitComponent, flag: string, minor: number): boolean | null {
  const facts = factsOf(component, flag);
  if (!facts) return null;
  return minor >= (facts.since ?? 0) && minor <= (facts.until ?? Number.POSITIVE_INFINITY);
}

/** The value a flag has, given or by default; null where neither says one. Booleans are `true` or `false`. */
export function valueInForce(
  component: UnitComponent,
  flag: string,
  flags: Flags,
  minor: number,
): string | null {
  const given = flags.get(flag);
  const { byDefault } = factsOf(component, flag) ?? {};
  const otherwise = typeof byDefault === 'function' ? byDefault(minor) : (byDefault ?? null);
  if (given === undefined) return otherwise;
  if (otherwise === 'true' || otherwise === 'false')
    return String(booleanFlag(flags, flag, otherwise === 'true'));
  return given.replace(/^"(.*)"$/, '$1');
}
