// What of the stream bears on one round, sorted by witness and time, whatever order it came in.
import { clockSteps, instantAcross } from './clocksteps.ts';
import type { NamedMaster } from './lock.ts';
import type { LogEvent } from './logevent.ts';
import type { Observation, RoundBegun, Stamp } from './observation.ts';
import type { Mark, MarkName, Witness } from './round.ts';
import type { EpochMs, OffsetSample, RunMs } from './time.ts';

type Of<Kind extends Observation['kind']> = Extract<Observation, { kind: Kind }>;

export type Evidence = Of<'log'> | Of<'lock'> | Of<'instance'> | Of<'fault'> | Of<'canary'> | Of<'event'>;
export type LockSighting = Of<'lock'>;
export type CanarySighting = Of<'canary'>;
export type LogSighting = Of<'log'> & { readonly event: LogEvent; readonly host: string };

/** What the whole run knows: who its masters are, when it began, and how their clocks stand (samples on the epoch). */
export interface RunFacts {
  readonly startedAtMs: EpochMs;
  readonly masters: readonly NamedMaster[];
  readonly clocks: Readonly<Record<string, readonly OffsetSample[]>>;
}

/** One round's evidence. Sightings are in order of when things happened, not of when they were told. */
export interface Case {
  readonly begun: Stamp & RoundBegun;
  readonly facts: RunFacts;
  /** The fault's first moment; null before it. */
  readonly issued: Mark | null;
  readonly faults: readonly Of<'fault'>[];
  readonly logs: readonly LogSighting[];
  /** Each version of the lock once, as first shown by any API server, oldest first. */
  readonly locks: readonly LockSighting[];
  /** The unit the fault is done to. */
  readonly units: readonly Of<'instance'>[];
  /** Made for this component, and worked on by it. */
  readonly canaries: readonly CanarySighting[];
  /** LeaderElection events. */
  readonly events: readonly Of<'event'>[];
}

export function caseOf(begun: Stamp & RoundBegun, evidence: readonly Evidence[], facts: RunFacts): Case {
  const { component, from, round } = begun;
  const inTime = restamped(evidence, facts).sort(
    (a, b) => a.atMs - b.atMs || (a.host ?? '').localeCompare(b.host ?? ''),
  );
  const faults = inTime.filter((one) => one.kind === 'fault' && one.round === round) as Of<'fault'>[];
  const issued = faults.find(({ phase }) => phase === 'issued');
  return {
    begun,
    facts,
    issued: issued ? markOf('faultIssued', issued, 'fault command') : null,
    faults,
    logs: inTime.filter(isTelling).filter((one) => one.component === component),
    locks: onceEach(inTime.filter((one) => one.kind === 'lock').filter((one) => one.component === component)),
    units: inTime
      .filter((one) => one.kind === 'instance')
      .filter((one) => one.component === component && one.host === (begun.on ?? from)),
    canaries: inTime.filter((one) => one.kind === 'canary').filter((one) => isOfRound(one, begun)),
    events: inTime.filter((one) => one.kind === 'event'),
  };
}

/**
 * A line was stamped by what was known of its host's clock when it came. Where measurements after it show that the clock was
 * set, or ran badly, its written time is read once more by all of them.
 */
function restamped(evidence: readonly Evidence[], { clocks, startedAtMs }: RunFacts): Evidence[] {
  const moved = Object.keys(clocks).filter((host) => clockSteps(clocks[host] ?? []).length > 0);
  if (moved.length === 0) return [...evidence];
  return evidence.map((one) => {
    if (one.kind !== 'log' || one.writtenMs === null || one.host === null || !moved.includes(one.host))
      return one;
    const { atMs, errorMs } = instantAcross(clocks[one.host] ?? [], one.writtenMs);
    return { ...one, atMs: atMs - startedAtMs, errorMs };
  });
}

/** Whether it may have happened at or after a mark, by both error bars. */
export function notBefore(
  one: { atMs: RunMs; errorMs: number },
  mark: { atMs: RunMs; errorMs: number },
): boolean {
  return one.atMs + one.errorMs >= mark.atMs - mark.errorMs;
}

/** Versions of the lock newer than any shown before the fault, with their places: an old one that comes late is no change. */
export function sinceFault(
  locks: readonly LockSighting[],
  issued: Mark,
): readonly (readonly [at: number, sighting: LockSighting])[] {
  const before = locks.findLastIndex(({ atMs }) => atMs < issued.atMs);
  return [...locks.entries()].slice(before + 1);
}

export function markOf(
  name: MarkName,
  at: { readonly atMs: RunMs; readonly errorMs: number; readonly host: string | null },
  witness: Witness,
): Mark {
  return { name, atMs: at.atMs, errorMs: at.errorMs, host: at.host, witness };
}

function isTelling(one: Evidence): one is LogSighting {
  return one.kind === 'log' && one.event !== null && one.host !== null;
}

/** One of an earlier round may still be among what was seen lately. */
function isOfRound({ name, component = 'kube-scheduler' }: Of<'canary'>, begun: RoundBegun): boolean {
  const { canaries } = begun;
  const isHere =
    canaries === undefined || ('namespace' in canaries && name.startsWith(`${canaries.namespace}/`));
  return component === begun.component && isHere;
}

function onceEach(sightings: readonly LockSighting[]): readonly LockSighting[] {
  const first = new Map<string, LockSighting>();
  for (const one of sightings) {
    const key = `${one.lock.kind} ${one.resourceVersion} ${one.change === 'deleted'}`;
    if (!first.has(key)) first.set(key, one);
  }
  return [...first.values()].sort((a, b) => Number(a.resourceVersion) - Number(b.resourceVersion));
}
