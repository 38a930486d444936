// The tutorial's eight units, and the store's: which of them each master has.
import { kubeControllerManager, kubeScheduler } from './elected.ts';
import { etcd } from './etcd.ts';
import { kubeApiserver } from './kube-apiserver.ts';
import { kubelet, kubeProxy } from './node.ts';
import type { UnitFile, UnitPlan } from './plan.ts';

/** Unit files by master, in the order in which they are best started. */
export function unitsOf(plan: UnitPlan): ReadonlyMap<string, readonly UnitFile[]> {
  return new Map(
    plan.masters.map((master, at) => [
      master.name,
      [
        ...(at === 0 ? [etcd(plan, master)] : []),
        kubeApiserver(plan, master),
        kubeControllerManager(plan, master),
        kubeScheduler(plan, master),
        ...(at === 0 && plan.node.includes('kubelet') ? [kubelet(plan, master)] : []),
        ...(at === 0 && plan.node.includes('kube-proxy') ? [kubeProxy(plan, master)] : []),
      ],
    ]),
  );
}
