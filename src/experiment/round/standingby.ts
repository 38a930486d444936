// Whether the faulted instance stands by again: as its log shows it, or, where that log is quiet or unreadable, as far as is known.
import type { ComponentName } from '../../model/lock.ts';
import type { Scene } from '../../model/scene.ts';

export interface StandingBy {
  /** The faulted instance's master. */
  readonly master: string;
  readonly component: ComponentName;
  /** When it was put back, in the run's milliseconds. */
  readonly sinceMs: number;
}

/** A look written just before the way back ended counts: klog lines and clocks are that far apart at most. */
const slackMs = 5_000;

/** It leads and renews, or has looked at the lock since. A quiet log tells of a start, but of no look: that counts where no look is ever told. */
export function seenStandingBy(scene: Scene, { master, component, sinceMs }: StandingBy): boolean {
  const lock = scene.locks[component];
  // A record that names the master may be its dead predecessor's: one that is renewed is a living one's.
  if (lock?.master === master && (lock.renewedMs ?? 0) > sinceMs) return true;
  const events = scene.masters[master]?.logs[component]?.events;
  const looks = [
    events?.held,
    events?.notAcquired,
    ...(tellsLooks(scene, master, component) ? [] : [events?.attempting]),
  ];
  return looks.some((seen) => seen !== undefined && seen.lastMs > sinceMs - slackMs);
}

/** Renewals and looks are in a log from `--v=4` or `5` on; most clusters log less. Lines of before the run may be another process's. */
export function tellsLooks(scene: Scene, master: string, component: ComponentName): boolean {
  const events = scene.masters[master]?.logs[component]?.events;
  return [events?.renewed, events?.held, events?.notAcquired].some(
    (seen) => seen !== undefined && seen.lastMs > 0,
  );
}

/** Errors are logged at every verbosity: one that asks in vain is no standby. */
export function asksInVain(scene: Scene, { master, component, sinceMs }: StandingBy): boolean {
  const failed = scene.masters[master]?.logs[component]?.events.lockError;
  return failed !== undefined && failed.lastMs > sinceMs;
}
