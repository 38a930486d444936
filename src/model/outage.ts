// The outage people feel, read off the canaries: last work of the old leader, first of the new, and what waited between.
import { type CanarySighting, type Case, markOf, notBefore } from './evidence.ts';
import type { Stamp } from './observation.ts';
import type { Mark, Round, Span } from './round.ts';
import type { RunMs } from './time.ts';

export interface Work {
  readonly firstWork: Mark | null;
  readonly outage: Span | null;
  readonly canaries: Pick<Round, 'canaries' | 'noCanaries'>;
}

/** One canary: when it was made, when it was worked on. */
interface Canary {
  readonly made: Stamp | null;
  readonly done: Stamp | null;
}

export function workOf(found: Case, acquired: Mark | null): Work {
  const canaries = pairsOf(found.canaries);
  const done = canaries.filter(isDone).sort((a, b) => a.done.atMs - b.done.atMs);
  const effect = found.faults.find(({ phase }) => phase === 'effective') ?? found.issued;
  // A lock that is given back can be taken before the fault's command has returned.
  const cutMs = effect && Math.min(effect.atMs, acquired?.atMs ?? effect.atMs);
  const before = cutMs === null ? [] : done.filter((one) => one.done.atMs <= cutMs);
  const last = before.at(-1);
  const first = acquired && done.slice(before.length).find((one) => notBefore(one.done, acquired));
  const firstWork = first ? firstWorkMark(first, { acquired, canaries }) : null;
  return {
    firstWork,
    outage: effect && last && firstWork ? outageOf({ last, firstWork, effect, canaries }) : null,
    canaries: told(found, { canaries, acquired, firstWork }),
  };
}

type Done = Canary & { readonly done: Stamp };
const isDone = (one: Canary): one is Done => one.done !== null;

function pairsOf(sightings: readonly CanarySighting[]): readonly Canary[] {
  const pairs = new Map<string, { made: Stamp | null; done: Stamp | null }>();
  for (const one of sightings) {
    const pair = pairs.get(one.name) ?? { made: null, done: null };
    if (one.phase === 'created') pair.made ??= one;
    else pair.done ??= one;
    pairs.set(one.name, pair);
  }
  return [...pairs.values()];
}

/**
 * When the new leader began to work. Where something waited for it, that is its first piece of work; where nothing did,
 * it may have been ready ever since it took the lock, and the error says so.
 */
function firstWorkMark(
  first: Done,
  { acquired, canaries }: { readonly acquired: Mark; readonly canaries: readonly Canary[] },
): Mark {
  // Nobody works before having taken the lock.
  const fromMs = Math.max(first.done.atMs - first.done.errorMs, acquired.atMs - acquired.errorMs);
  const errorMs = Math.max(0, (first.done.atMs + first.done.errorMs - fromMs) / 2);
  const atMs = fromMs + errorMs;
  const idleMs = waiting(canaries, acquired.atMs).length > 0 ? 0 : atMs - (acquired.atMs - acquired.errorMs);
  return markOf('firstWork', { atMs, errorMs: Math.max(errorMs, idleMs), host: acquired.host }, 'canary pod');
}

/** Made by then, and not done. */
function waiting(canaries: readonly Canary[], atMs: RunMs): readonly Canary[] {
  return canaries.filter(
    ({ made, done }) => made !== null && made.atMs <= atMs && (done === null || done.atMs > atMs),
  );
}

/**
 * From the old leader's last piece of work. It may have gone on being able to work after it: until the fault had taken
 * effect, or until the next canary would have been done in the time the last one took. The error reaches that far.
 */
function outageOf(seen: {
  readonly last: Done;
  readonly firstWork: Mark;
  readonly effect: { readonly atMs: RunMs; readonly errorMs: number };
  readonly canaries: readonly Canary[];
}): Span {
  const { last, firstWork, effect, canaries } = seen;
  const { atMs, errorMs } = last.done;
  const effectMs = effect.atMs + effect.errorMs;
  const next = canaries
    .filter(({ done }) => done === null || done.atMs > atMs)
    .map(({ made }) => made)
    .filter((made) => made !== null)
    .sort((a, b) => a.atMs - b.atMs)[0];
  const workMs = last.made === null ? 0 : atMs + errorMs - (last.made.atMs - last.made.errorMs);
  const untilMs = next ? Math.min(effectMs, next.atMs + next.errorMs + workMs) : effectMs;
  const ableMs = Math.max(0, untilMs - atMs);
  return { ms: firstWork.atMs - atMs, errorMs: firstWork.errorMs + Math.max(errorMs, ableMs) };
}

function told(
  { begun }: Case,
  seen: {
    readonly canaries: readonly Canary[];
    readonly acquired: Mark | null;
    readonly firstWork: Mark | null;
  },
): Work['canaries'] {
  const plan = begun.canaries;
  if (plan === undefined) return {};
  if ('missing' in plan) return { noCanaries: plan.missing };
  const { canaries, acquired, firstWork } = seen;
  const made = canaries.filter((one) => one.made !== null).length;
  const { everyMs } = plan;
  if (acquired === null) return { canaries: { everyMs, made, backlog: null, drainedMs: null } };
  const backlog = waiting(canaries, acquired.atMs).length;
  return { canaries: { everyMs, made, backlog, drainedMs: drainedMs(canaries, { acquired, firstWork }) } };
}

/** Null while any canary that was made before the new leader's first work still waits. */
function drainedMs(
  canaries: readonly Canary[],
  { acquired, firstWork }: { readonly acquired: Mark; readonly firstWork: Mark | null },
): number | null {
  if (firstWork === null) return null;
  const late = canaries.filter(
    ({ made, done }) =>
      made !== null && made.atMs <= firstWork.atMs && (done === null || done.atMs > acquired.atMs),
  );
  let lastMs = acquired.atMs;
  for (const { done } of late) {
    if (done === null) return null;
    lastMs = Math.max(lastMs, done.atMs);
  }
  return lastMs - acquired.atMs;
}

/** What a round that is over does not say of its outage, and why, each to follow `outage: `. */
export function missingOf({ handover, outage, marks, canaries, noCanaries }: Round): readonly string[] {
  if (noCanaries !== undefined) return [noCanaries];
  if (canaries === undefined || handover === null) return [];
  if (outage === null) {
    const worked = marks.some(({ name }) => name === 'firstWork');
    return [
      worked
        ? 'no canary was done before the fault took effect'
        : 'no canary was done while the new leader was watched',
    ];
  }
  return canaries.drainedMs === null ? ['the backlog was not worked off while it was watched'] : [];
}
