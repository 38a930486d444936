// What the unit files are rendered for: which masters, which Kubernetes, where things lie.
import { minorOf } from '../model/kubeversion.ts';

export interface UnitPlan {
  /** `1.6`, `1.20`, `1.36`: which flags there are depends on it. */
  readonly version: string;
  readonly masters: readonly MasterPlan[];
  readonly lock: 'endpoints' | 'leases';
  /** Election times as flags, `15s`; left out, the components' own hold. */
  readonly terms?: {
    readonly leaseDuration?: string;
    readonly renewDeadline?: string;
    readonly retryPeriod?: string;
  };
  readonly serviceRange: string;
  /** How API servers keep the endpoints of `kubernetes`; left out: by their number, as in the tutorial. */
  readonly reconciler?: 'master-count' | 'lease';
  /** The store, on the first master. */
  readonly etcd: { readonly listen: string; readonly url: string; readonly peer?: string };
  /** Masters that share one machine cannot each have the components' own serving ports: they serve none. */
  readonly sharedMachine?: boolean;
  /** Up to 1.19: 8080 without login, for the master itself alone. Left out, it is closed. */
  readonly insecurePort?: 'loopback';
  /** What makes the first master a node too; in the tutorial, both. */
  readonly node: readonly ('kubelet' | 'kube-proxy')[];
}

export interface MasterPlan {
  readonly name: string;
  /** What its API server publishes in the endpoints of the service `kubernetes`. */
  readonly address: string;
  readonly securePort: number;
  /** Its own API server, as its other components reach it: `https://172.16.155.158:6443`. */
  readonly api: string;
  /** Left out, the API server listens on every address. */
  readonly bindAddress?: string;
  /** How its API server reaches the store, where it is not as the plan says for all. */
  readonly etcdUrl?: string;
  /** Folders: programs, keys and kubeconfigs, logs, the store's data. Absolute. */
  readonly bin: string;
  readonly keys: string;
  readonly logs: string;
  readonly data: string;
}

/** A unit file and its name. */
export interface UnitFile {
  readonly name: string;
  readonly text: string;
}

/** What changed between the versions, as far as the units show it. */
export function featuresOf(version: string) {
  const minor = minorOf(version);
  if (minor === null) throw new Error(`not a Kubernetes version: ${version}`);
  return {
    /** klog writes its own files. */
    logFiles: minor < 26,
    /** `--leader-elect-resource-lock` */
    lockFlag: minor >= 9,
    /** The API server's other ways to keep its endpoints; before, master-count was the only one. */
    reconcilerFlag: minor >= 9,
    admissionControlFlag: minor < 10,
    /** From 1.27 the plugin needs a feature gate, from 1.30 it is gone. */
    securityContextDeny: minor < 27,
    /** Kubelets may see and do what concerns their own node. */
    nodeAuthorizer: minor >= 7,
    /** Scheduler and controller-manager ask the API server who their own callers are. */
    delegatedAuth: minor >= 12,
    /** Accounts' tokens need a signing key and an issuer. */
    signedTokens: minor >= 20,
    /** A kubelet takes its API server from the kubeconfig only when told to. */
    requireKubeconfig: minor < 8,
    /** A kubelet runs containers through docker. */
    docker: minor < 24,
    /** Components' insecure serving ports, open unless told otherwise. */
    servesInsecurely: minor < 23,
    /** Without a word against it, 8080 is open to this machine. */
    insecurePort: minor < 20,
  } as const;
}
