// The clock of one master, right or wrong: all its processes and its service manager tell the time by it.
import { type ClockSetting, wrongBy } from './fault.ts';
import { microClock } from './micro.ts';

export interface MasterClock {
  /** Epoch milliseconds with microseconds as fraction. */
  wallMs(): number;
  /** Microseconds since this machine began, counted as fast as the master's clock runs; no step changes it. */
  monotonicUs(): number;
  /** How long the true clock runs while this one's counter goes on by so much; both milliseconds. */
  trueMs(ms: number): number;
}

/** In the environment of a master's processes: a ClockSetting as JSON. */
export const clockVariable = 'KHA_SANDBOX_CLOCK';

/** Null: as right as this machine's own. */
export function masterClock(setting: ClockSetting | null): MasterClock {
  const truth = microClock();
  const rate = 1 + (setting?.driftPpm ?? 0) / 1e6;
  return {
    wallMs() {
      const now = truth();
      return setting ? now + wrongBy(setting, now) : now;
    },
    monotonicUs: () => Math.round((Number(process.hrtime.bigint()) / 1000) * rate),
    trueMs: (ms) => ms / rate,
  };
}

/** This process's: its master's, as the environment says. */
export const ownClock = masterClock(
  process.env[clockVariable] ? (JSON.parse(process.env[clockVariable]) as ClockSetting) : null,
);

/** Now, by this process's master. */
export function ownDate(): Date {
  return new Date(ownClock.wallMs());
}
