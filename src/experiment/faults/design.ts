// What a fault is, as values: what is typed where, what undoes it, and what it may change on which master.
import type { Instance } from '../../components/instance.ts';
import type { Argv } from '../../hosts/host.ts';
import type { FaultKind } from '../../model/faultkind.ts';
import type { ComponentName } from '../../model/lock.ts';
import type { ElectionTerms } from '../../model/observation.ts';
import type { TargetMaster } from '../target.ts';

export interface Step {
  readonly on: string;
  readonly argv: Argv;
  readonly input?: string;
  readonly why: string;
  /** Typed as the login itself, whose kubeconfig it needs; else as root. */
  readonly asLogin?: true;
  /** Its failing means that nothing was left to do. */
  readonly mayFail?: true;
}

/** Where a fault is designed for: who leads, what runs on which master, on which of them it is done. */
export interface FaultGround {
  readonly fault: FaultKind;
  readonly component: ComponentName;
  readonly on: TargetMaster;
  readonly masters: readonly TargetMaster[];
  readonly instance: (master: string, component: string) => Instance | null;
  readonly terms: ElectionTerms;
  /** `kill`: let systemd start the killed process again, as its unit says. */
  readonly letRestart: boolean;
  /** `apiserver`: killed and kept down, instead of stopped. */
  readonly killed: boolean;
  /** The port by which this run's SSH connection reaches `on`. */
  readonly sshPort: number;
}

export interface FaultDesign {
  readonly fault: FaultKind;
  readonly on: TargetMaster;
  /** The unit it is done to; its state is looked at before and after. */
  readonly unit: string;
  /** Typed before it, while nothing is harmed yet. */
  readonly prepare: readonly Step[];
  readonly issue: Argv;
  /** Typed once the standby leads. */
  readonly parting: readonly Step[];
  /** Takes it back; may be typed more than once. Units are started afterwards. */
  readonly undo: readonly Step[];
  /**
   * When the fault is over: when the first of `undo` returns, or somewhere while it runs; or while the unit is started.
   * Null: it comes back by itself, unseen.
   */
  readonly overOnce: 'returned' | 'begun' | 'started' | null;
  /** Whether systemd says that a unit failed before it is started again. */
  readonly fails: 'never' | 'perhaps' | 'always';
  /** Every unit that may be another afterwards, by master: snapshotted, started again where it is down. */
  readonly touched: readonly Touched[];
  /** The old leader, woken, exits by itself within this time: only then can it be started. 0: it does not. */
  readonly exitsWithinMs: number;
  /** Rules of the firewall are changed on `on`: held against those before. */
  readonly firewall: boolean;
  /** How long it lasts where no handover ends it: nobody can take the lock while it does. Null otherwise. */
  readonly lastsMs: number | null;
}

export interface Touched {
  readonly master: string;
  readonly units: readonly string[];
}

/** Units of these components on a master, as far as it has them. */
export function unitsOn({ instance }: FaultGround, master: string, components: readonly string[]): Touched {
  const units = components.flatMap((component) => instance(master, component)?.unit ?? []);
  return { master, units };
}

export const elected = ['kube-scheduler', 'kube-controller-manager'] as const;
