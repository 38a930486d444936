// Streams of one round for tests: what the witnesses of a handover would have said, in any order of telling.
import type { ComponentName, LockRecord } from '../../src/model/lock.ts';
import type { LogEvent } from '../../src/model/logevent.ts';
import type { ElectionTerms, FaultStep, Observation, RoundBegun, Seen } from '../../src/model/observation.ts';
import { writeTime } from '../../src/model/rfc3339.ts';
import type { Mark, Round } from '../../src/model/round.ts';
import { emptyTimeline, seeTimeline } from '../../src/model/timeline.ts';

export const startedAtMs = Date.UTC(2026, 10, 22, 20, 0);
export const terms: ElectionTerms = {
  leaseDurationMs: 15_000,
  renewDeadlineMs: 10_000,
  retryPeriodMs: 2000,
  releasesOnStop: false,
};

export interface Told {
  readonly atMs: number;
  readonly host: string | null;
  readonly seen: Seen;
  readonly errorMs?: number;
}

export const run = (...masters: string[]): Told => ({
  atMs: 0,
  host: null,
  seen: {
    kind: 'run',
    version: 1,
    tool: 'kha-lab 0.1.0',
    startedAt: writeTime(startedAtMs),
    what: 'failover',
    target: 'kha-lab.yaml',
    command: [],
    masters: masters.map((name) => ({ name, address: '' })),
  },
});

export const round = (phase: 'begun' | 'ended', atMs: number, how: Partial<RoundBegun> = {}): Told => ({
  atMs,
  host: null,
  seen: {
    kind: 'round',
    round: 1,
    phase,
    component: 'kube-scheduler',
    fault: 'stop',
    from: 'kuberm',
    terms,
    ...how,
  },
});

export const fault = (phase: FaultStep['phase'], atMs: number, more: Partial<FaultStep> = {}): Told => ({
  atMs,
  host: 'kuberm',
  errorMs: 0.2,
  seen: { kind: 'fault', round: 1, component: 'kube-scheduler', fault: 'stop', phase, ...more },
});

export const line = (host: string, atMs: number, event: LogEvent, lateMs = 0): Told => ({
  atMs,
  host,
  errorMs: 0.2,
  seen: {
    kind: 'log',
    component: 'kube-scheduler',
    line: event.is,
    event,
    writtenMs: startedAtMs + atMs,
    arrivedMs: atMs + lateMs,
  },
});

const lock = 'kube-system/kube-scheduler';
export const renewed = (host: string, atMs: number, lateMs = 0) =>
  line(host, atMs, { is: 'renewed', lock }, lateMs);
export const looked = (host: string, atMs: number, lateMs = 0) =>
  line(host, atMs, { is: 'held', lock, holder: 'kuberm' }, lateMs);
export const acquired = (host: string, atMs: number, lateMs = 0) =>
  line(host, atMs, { is: 'acquired', lock }, lateMs);

export const clock = (host: string, atMs: number, offsetMs: number, offsetErrorMs = 0.2): Told => ({
  atMs,
  host,
  seen: { kind: 'clock', offsetMs, offsetErrorMs },
});

export const record = (
  holder: string,
  at: { acquireTime?: string; renewTime?: string } = {},
): LockRecord => ({
  holder,
  leaseDurationSeconds: 15,
  acquireTime: at.acquireTime ?? null,
  renewTime: at.renewTime ?? null,
  transitions: 1,
});

export const lockSeen = (atMs: number, version: number, written: LockRecord, host = 'kuberm2'): Told => ({
  atMs,
  host,
  seen: {
    kind: 'lock',
    component: 'kube-scheduler',
    lock: { kind: 'Lease', namespace: 'kube-system', name: 'kube-scheduler' },
    change: 'changed',
    record: written,
    resourceVersion: String(version),
  },
});

export const leaderEvent = (atMs: number, holder: string, time: string | null): Told => ({
  atMs,
  host: 'kuberm2',
  seen: {
    kind: 'event',
    component: 'kube-scheduler',
    object: 'lease/kube-scheduler',
    message: `${holder} became leader`,
    time,
  },
});

export const unit = (atMs: number, active: string, pid: number | null, host = 'kuberm'): Told => ({
  atMs,
  host,
  seen: {
    kind: 'instance',
    component: 'kube-scheduler',
    unit: 'kube-scheduler.service',
    active,
    sub: '',
    enabled: 'enabled',
    pid,
    argv: [],
    logs: null,
    terms,
    version: null,
  },
});

export const canary = (atMs: number, component: ComponentName = 'kube-scheduler'): Told => ({
  atMs,
  host: null,
  errorMs: 5,
  seen: { kind: 'canary', component, name: `n/canary-${atMs}`, phase: 'scheduled', node: 'n1' },
});

/** A canary from its making to its being done, if ever. */
export const madeAndDone = (
  madeMs: number,
  doneMs: number | null,
  component?: ComponentName,
): readonly Told[] => {
  const done = canary(doneMs ?? 0, component);
  const name = `n/canary-${madeMs}`;
  const made: Told = {
    ...done,
    atMs: madeMs,
    seen: { ...done.seen, name, phase: 'created' } as Told['seen'],
  };
  return doneMs === null ? [made] : [made, { ...done, seen: { ...done.seen, name } as Told['seen'] }];
};

export function observations(told: readonly Told[]): readonly Observation[] {
  return told.map(({ atMs, host, seen, errorMs = 0 }, seq) => ({ seq, atMs, errorMs, host, ...seen }));
}

export function roundsOf(told: readonly Told[]): readonly Round[] {
  return observations(told).reduce(seeTimeline, emptyTimeline).rounds;
}

export function onlyRound(told: readonly Told[]): Round {
  const [first] = roundsOf(told);
  if (!first) throw new Error('there is no round');
  return first;
}

export function mark(of: Round, name: Mark['name']): Mark | null {
  return of.marks.find((one) => one.name === name) ?? null;
}

/** A stop as 1.20.2 shows it: no release, the standby looks at 21.5 s, its lease is over at 36.5 s. */
export const stopLogs: readonly Told[] = [
  renewed('kuberm', 18_000),
  renewed('kuberm', 20_000, 4800),
  looked('kuberm2', 19_000, 1200),
  looked('kuberm2', 21_500, 4200),
  looked('kuberm2', 24_800, 900),
  looked('kuberm2', 34_900, 300),
  acquired('kuberm2', 37_300, 4900),
  renewed('kuberm2', 37_305, 4895),
];
export const stopSteps: readonly Told[] = [
  round('begun', 15_000),
  fault('armed', 15_500, { returnsInMs: 60_000 }),
  fault('issued', 20_700),
  fault('effective', 20_780),
];
