// The timing a component elects by, and whether it gives the lock back, from its flags and version.
import { readDuration } from './duration.ts';
import { booleanFlag, type Flags } from './goflags.ts';
import { minorOf, patchOf } from './kubeversion.ts';
import type { ElectionTerms } from './observation.ts';

const releaseGate = 'ControllerManagerReleaseLeaderElectionLockOnExit';

/**
 * Terms by flags, defaults where they are silent. Null when the component does not elect: another component, or
 * `--leader-elect` off, given or by accident as kube-scheduler 1.9.0 to 1.9.3.
 */
export function electionTerms(component: string, flags: Flags, version: string | null): ElectionTerms | null {
  if (!/^(?:kube-scheduler|(?:kube|cloud)-controller-manager)$/.test(component)) return null;
  if (!booleanFlag(flags, 'leader-elect', electsByDefault(component, version))) return null;
  const given = (flag: string, defaultMs: number) => readDuration(flags.get(flag) ?? '') ?? defaultMs;
  return {
    leaseDurationMs: given('leader-elect-lease-duration', 15_000),
    renewDeadlineMs: given('leader-elect-renew-deadline', 10_000),
    retryPeriodMs: given('leader-elect-retry-period', 2000),
    releasesOnStop: releasesOnStop(component, flags, version),
  };
}

function electsByDefault(component: string, version: string | null): boolean {
  const patch = patchOf(version);
  return !(component === 'kube-scheduler' && minorOf(version) === 9 && patch !== null && patch <= 3);
}

/** The scheduler from 1.22; a controller-manager only from 1.36 and only with its gate open. Null: not known. */
function releasesOnStop(component: string, flags: Flags, version: string | null): boolean | null {
  const minor = minorOf(version);
  if (component === 'kube-scheduler') return minor === null ? null : minor >= 22;
  if (component !== 'kube-controller-manager' || (minor !== null && minor < 36)) return false;
  const gates = new Map((flags.get('feature-gates') ?? '').split(',').map((gate) => splitOnce(gate)));
  const gate = gates.get(releaseGate);
  if (gate !== undefined) return gate === 'true';
  // Without a version an open AllAlpha may or may not know the gate.
  return gates.get('AllAlpha') === 'true' ? (minor === null ? null : true) : false;
}

function splitOnce(gate: string): [name: string, value: string] {
  const cut = gate.indexOf('=');
  return cut < 0
    ? [gate.trim(), '']
    : [
        gate.slice(0, cut).trim(),
        gate
          .slice(cut + 1)
          .trim()
          .toLowerCase(),
      ];
}
