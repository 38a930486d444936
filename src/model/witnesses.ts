// Who saw the lock being taken, each bounding the moment in its own way, and where two of them contradict one another.

import { instantAcross } from './clocksteps.ts';
import { type Case, sinceFault } from './evidence.ts';
import { masterOfHolder } from './lock.ts';
import { readTime } from './rfc3339.ts';
import type { Mark, Testimony } from './round.ts';
import type { EpochMs } from './time.ts';

/**
 * The record's acquireTime, read just before it was sent, bounds the moment from below; the lock's watch event, which comes after the
 * record was written, from above; so does the LeaderElection event, which is sent aside. (Its own time has whole seconds, and not every
 * program takes it before its line: it bounds nothing.)
 */
export function testimoniesOf(found: Case, { acquired, line }: { acquired: Mark | null; line: Mark | null }) {
  if (acquired?.host == null) return [];
  const host = acquired.host;
  const own: readonly Testimony[] =
    line?.host === host
      ? [{ witness: 'log line', bounds: 'at', atMs: line.atMs, errorMs: line.errorMs, host }]
      : [];
  return [...own, ...byLock(found, host), ...byEvent(found, host)];
}

function byLock({ issued, locks, facts }: Case, host: string): readonly Testimony[] {
  const first =
    issued &&
    sinceFault(locks, issued).find(
      ([, { record }]) => masterOfHolder(record?.holder ?? '', facts.masters) === host,
    )?.[1];
  if (!first) return [];
  return [
    ...writtenAt(first.record?.acquireTime ?? null, host, facts),
    { witness: 'lock watch', bounds: 'notAfter', atMs: first.atMs, errorMs: first.errorMs, host: first.host },
  ];
}

function byEvent({ begun, issued, events, facts }: Case, host: string): readonly Testimony[] {
  if (issued === null) return [];
  const event = events.find(({ message, atMs, errorMs, component, time }) => {
    const holder = /^(\S+) became leader$/.exec(message)?.[1] ?? '';
    return (
      component === begun.component &&
      masterOfHolder(holder, facts.masters) === host &&
      atMs + errorMs >= issued.atMs - issued.errorMs &&
      !isOlder(time, { host, issued, facts })
    );
  });
  if (!event) return [];
  return [
    {
      witness: 'LeaderElection event',
      bounds: 'notAfter',
      atMs: event.atMs,
      errorMs: event.errorMs,
      host: event.host,
    },
  ];
}

/** An API server that comes back lists what happened long ago as if it were new: an event's own time tells, to the second. */
function isOlder(
  time: string | null,
  { host, issued, facts }: { host: string; issued: Mark; facts: Case['facts'] },
): boolean {
  const [written] = writtenAt(time, host, facts);
  return (
    written !== undefined && written.atMs + written.errorMs < issued.atMs - issued.errorMs - wholeSecondMs
  );
}

const wholeSecondMs = 1000;

/** A time the new leader wrote itself, cut to whole seconds where it shows no part of one. */
function writtenAt(
  text: string | null,
  host: string,
  { clocks, startedAtMs }: Case['facts'],
): readonly Testimony[] {
  const hostMs: EpochMs | null = text === null ? null : readTime(text);
  const samples = clocks[host] ?? [];
  if (text === null || hostMs === null || samples.length === 0) return [];
  const half = /\.\d/.test(text) ? 0 : 500;
  const { atMs, errorMs } = instantAcross(samples, hostMs + half);
  return [
    { witness: 'lock record', bounds: 'notBefore', atMs: atMs - startedAtMs, errorMs: errorMs + half, host },
  ];
}

/** A line is cut to milliseconds where it is structured, a record's time to microseconds. */
const roundingMs = 1;

/** An answer on its way to the new leader may come after the change was shown here, but not by much. */
const answerMs = 1000;

/** Sentences on what cannot be: a bound from below after the moment, or after a bound from above. */
export function contradictions(testimonies: readonly Testimony[]): readonly string[] {
  const floors = testimonies.filter(({ bounds }) => bounds === 'notBefore');
  const ceilings = testimonies.filter(({ bounds }) => bounds === 'notAfter');
  const moments = testimonies.filter(({ bounds }) => bounds === 'at');
  return [
    ...moments.flatMap((moment) => floors.map((floor) => crossing(floor, moment, roundingMs))),
    ...moments.flatMap((moment) => ceilings.map((ceiling) => crossing(moment, ceiling, answerMs))),
    ...floors.flatMap((floor) => ceilings.map((ceiling) => crossing(floor, ceiling, roundingMs))),
  ].filter((sentence) => sentence !== null);
}

function crossing(earlier: Testimony, later: Testimony, allowedMs: number): string | null {
  const apartMs = earlier.atMs - later.atMs - earlier.errorMs - later.errorMs;
  if (apartMs <= allowedMs) return null;
  const gap = `${Math.round(apartMs)} ms`;
  return `${inWords(earlier)} and ${inWords(later)} put the take-over ${gap} further apart than their errors allow: the first cannot come after the second.`;
}

function inWords({ witness, host }: Testimony): string {
  if (witness === 'log line') return `${host}'s own log line`;
  if (witness === 'lock record') return `the acquireTime ${host} wrote into the lock's record`;
  return witness === 'lock watch' ? "the lock's watch event" : 'the LeaderElection event';
}
