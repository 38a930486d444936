// What a canary is for each component: an object that only its leader works on, and what shows that it has.
import type { ComponentName } from '../model/lock.ts';
import type { CanarySeen } from '../model/observation.ts';
import type { KubeObject } from './keep.ts';

export interface CanaryKind {
  /** Of the collection it is made in. */
  readonly path: (namespace: string) => string;
  readonly object: (name: string) => object;
  /** Whose canary a pod shows done, and how; null while it shows nothing. */
  readonly done: (pod: CanaryPod) => (Pick<CanarySeen, 'phase' | 'node'> & { readonly name: string }) | null;
}

export interface CanaryPod extends KubeObject {
  readonly metadata: KubeObject['metadata'] & {
    readonly ownerReferences?: readonly { readonly kind: string; readonly name: string }[];
  };
  readonly spec?: { readonly nodeName?: string };
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

const labels = { app: 'kha-lab-canary' };

/** No node carries this label, so no canary ever starts a container; the scheduler writing that it cannot is the work. */
const nowhere = { 'kha-lab/canary': 'selects-no-node' };

const podSpec = {
  nodeSelector: nowhere,
  terminationGracePeriodSeconds: 0,
  automountServiceAccountToken: false,
  containers: [{ name: 'none', image: 'kha-lab.invalid/none', imagePullPolicy: 'Never' }],
};

export const podsOf = (namespace: string): string => `/api/v1/namespaces/${namespace}/pods`;
export const controllersOf = (namespace: string): string =>
  `/api/v1/namespaces/${namespace}/replicationcontrollers`;

const pod: CanaryKind = {
  path: podsOf,
  object: (name) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name, labels }, spec: podSpec }),
  done({ metadata: { name }, spec, status }) {
    const decided = status?.conditions?.find(({ type }) => type === 'PodScheduled');
    if (!decided) return null;
    const phase = decided.status === 'True' ? 'scheduled' : 'unschedulable';
    return { name, phase, node: spec?.nodeName ?? null };
  },
};

/**
 * A ReplicationController of one replica, which is given its pod. It is the one kind with replicas that every version
 * from 1.0 on has in the same place, and since 1.11 the same code as a ReplicaSet's works on it.
 */
const controller: CanaryKind = {
  path: controllersOf,
  object: (name) => ({
    apiVersion: 'v1',
    kind: 'ReplicationController',
    metadata: { name, labels },
    spec: {
      replicas: 1,
      selector: { 'kha-lab/canary': name },
      template: {
        metadata: { labels: { ...labels, 'kha-lab/canary': name } },
        // Nor is it the schedulers' business: each pod would make them write lines that bury the ones looked for.
        spec: { ...podSpec, schedulerName: 'kha-lab-none' },
      },
    },
  }),
  done({ metadata: { ownerReferences = [] } }) {
    const owner = ownerReferences.find(({ kind }) => kind === 'ReplicationController');
    return owner ? { name: owner.name, phase: 'replicated', node: null } : null;
  },
};

export const canaryKinds: Readonly<Record<ComponentName, CanaryKind>> = {
  'kube-scheduler': pod,
  'kube-controller-manager': controller,
};
