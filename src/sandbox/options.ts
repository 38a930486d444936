// What a sandbox may be asked for, and where it says it can be reached.

import type { ClockFault } from './clock/fault.ts';

export interface SandboxOptions {
  /** `endpoints` behaves as Kubernetes 1.6, `leases` as 1.36. */
  readonly lock: 'endpoints' | 'leases';
  /** Whole seconds, as the election's rules compare whole seconds. Left out: 15, 10 and 2 s. */
  readonly leaseDurationMs?: number;
  readonly renewDeadlineMs?: number;
  readonly retryPeriodMs?: number;
  /** How API servers keep the endpoints of `kubernetes`; left out: `master-count`, whatever `lock`. */
  readonly endpointReconciler?: 'master-count' | 'lease';
  /** Real programs (etcd, kube-apiserver, kube-controller-manager, kube-scheduler) in this folder run instead of ours. Linux only. */
  readonly binDir?: string;
  /** Names of two to five masters; the first leads at the start. */
  readonly masters?: readonly string[];
  /** By master: what is wrong with its clock. */
  readonly clocks?: Readonly<Record<string, ClockFault>>;
}

export interface SandboxPlaces {
  readonly id: string;
  /** Everything of the sandbox lies in it; mode 0700. */
  readonly stateDir: string;
  readonly inventoryFile: string;
  readonly sshConfigFile: string;
  readonly kubeconfigFile: string;
  readonly knownHostsFile: string;
}
