// When a unit changed its state, and how its main process ended: what `systemctl show` reports of the past.
import type { MasterClock } from '../clock/clock.ts';
import type { ActiveState } from './service.ts';

export interface Instant {
  /** Microseconds since the epoch; 0: never. */
  readonly realtimeUs: number;
  readonly monotonicUs: number;
}

export interface Stamps {
  readonly stateChange: Instant;
  readonly inactiveExit: Instant;
  readonly activeEnter: Instant;
  readonly activeExit: Instant;
  readonly inactiveEnter: Instant;
}

/** As in systemd: `code` 1 is exited, 2 is killed, 0 is still running; `status` the exit code or the signal. */
export interface ExecMain {
  readonly pid: number;
  readonly startUs: number;
  readonly exitUs: number;
  readonly code: number;
  readonly status: number;
}

const never: Instant = { realtimeUs: 0, monotonicUs: 0 };

export const emptyStamps: Stamps = {
  stateChange: never,
  inactiveExit: never,
  activeEnter: never,
  activeExit: never,
  inactiveEnter: never,
};

export function instantBy(clock: MasterClock): Instant {
  return { realtimeUs: Math.round(clock.wallMs() * 1000), monotonicUs: clock.monotonicUs() };
}

export function stamped(
  before: Stamps,
  change: { readonly from: ActiveState; readonly to: ActiveState },
  clock: MasterClock,
): Stamps {
  const now = instantBy(clock);
  const wasDown = isDown(change.from);
  const isNowDown = isDown(change.to);
  return {
    stateChange: now,
    inactiveExit: wasDown && !isNowDown ? now : before.inactiveExit,
    activeEnter: change.from !== 'active' && change.to === 'active' ? now : before.activeEnter,
    activeExit: change.from === 'active' && change.to !== 'active' ? now : before.activeExit,
    inactiveEnter: !wasDown && isNowDown ? now : before.inactiveEnter,
  };
}

function isDown(state: ActiveState): boolean {
  return state === 'inactive' || state === 'failed';
}
