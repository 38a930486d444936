// Holds a run against the rules, and what ours wrote and took against what client-go did.

import { terms } from './candidate.ts';
import type { Side } from './happening.ts';
import { bounds, tooManyLeaders, within } from './judge.ts';
import { type Deed, sideOf, type Write } from './records.ts';
import { type Round, type Way, ways } from './rounds.ts';
import type { Played } from './run.ts';
import { type Comparison, compareSamples } from './twosample.ts';

export interface Verdict {
  readonly leaders: readonly string[];
  readonly late: readonly string[];
  readonly records: readonly string[];
  readonly early: readonly string[];
  /** Ways of which more than a third of the rounds came to nothing: that is no stalled machine any more. */
  readonly failing: readonly string[];
  /** What either side never wrote: nothing can be said of it. */
  readonly unseen: readonly string[];
  readonly writes: Readonly<Record<Side, number>>;
  readonly emptied: Readonly<Record<Side, string>>;
  readonly onMs: Readonly<Record<Side, readonly number[]>>;
  readonly comparisons: readonly (Comparison & {
    readonly of: string;
    readonly n: Readonly<Record<Side, number>>;
  })[];
}

const deeds: readonly Deed[] = [
  'create',
  'take over',
  'take what was released',
  'take back',
  'renew',
  'release',
];

export function judge({ rounds, voids, happenings, writes }: Played, seed: number): Verdict {
  const all = writes.flat();
  const count = (side: Side) => all.filter((write) => write.side === side).length;
  const on = (side: Side) => rounds.filter(({ from }) => from === side).flatMap(({ onMs }) => onMs ?? []);
  return {
    leaders: happenings.flatMap(tooManyLeaders),
    late: rounds.flatMap(outOfBounds),
    records: deeds.flatMap((deed) => unlike(deed, all)),
    early: all.flatMap(takenEarly),
    failing: ways.flatMap((way) => {
      const mine = voids.filter((one) => one.way === way).map(({ why }) => `${way}: ${why}`);
      const tried = mine.length + rounds.filter((round) => round.way === way).length;
      return mine.length > tried / 3 ? mine : [];
    }),
    unseen: deeds.flatMap((deed) =>
      (['ours', 'theirs'] as const)
        .filter((side) => !all.some((write) => write.deed === deed && write.side === side))
        .map((side) => `${deed} by ${side}`),
    ),
    writes: { ours: count('ours'), theirs: count('theirs') },
    emptied: { ours: emptiedBy('ours', rounds, all), theirs: emptiedBy('theirs', rounds, all) },
    onMs: { ours: on('ours'), theirs: on('theirs') },
    comparisons: [
      compared('without a release', rounds, { of: ['kill', 'freeze', 'zombie'], seed }),
      compared('after a release', rounds, { of: ['term'], seed }),
    ],
  };
}

/** NaN for an empty sample. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2;
}

function outOfBounds({ way, from, to, handoverMs, onMs }: Round): string[] {
  const { silent, released, afterWaking } = bounds;
  const range = way === 'term' ? released : silent;
  const said = (what: string, took: number) => `${way} from ${from} to ${to}: ${what} ${took.toFixed(1)} ms`;
  return [
    ...(handoverMs === null || within(handoverMs, range) ? [] : [said('handover', handoverMs)]),
    ...(onMs === null || within(onMs, afterWaking) ? [] : [said('went on', onMs)]),
  ];
}

/** Each deed has one shape, and both sides have the same. */
function unlike(deed: Deed, writes: readonly Write[]): string[] {
  const shapes = [...new Set(writes.filter((write) => write.deed === deed).map(({ shape }) => shape))];
  if (shapes.length <= 1) return [];
  return shapes.map((shape) => {
    const alike = writes.filter((write) => write.deed === deed && write.shape === shape);
    const n = (side: Side) => alike.filter((write) => write.side === side).length;
    return `${deed}, ${n('ours')} by ours and ${n('theirs')} by client-go: ${shape}`;
  });
}

/**
 * By the records alone, without any slack for a busy machine: the standby's lease began after the last renewal was
 * written, so it may not have begun its try before that renewal's time plus the lease.
 */
function takenEarly({ deed, before, after }: Write): string[] {
  if (deed !== 'take over' || !before) return [];
  const waitedMs = Date.parse(after.spec.acquireTime) - Date.parse(before.spec.renewTime);
  // Both wall clocks are read to the millisecond here, and ours may lag the system's by up to four.
  if (waitedMs >= terms.leaseMs - 6) return [];
  return [`${after.spec.holderIdentity} took over ${waitedMs} ms after the last renewal`];
}

function emptiedBy(side: Side, rounds: readonly Round[], writes: readonly Write[]): string {
  const tries = rounds.filter(({ way, from }) => way === 'zombie' && from === side).length;
  const emptied = writes.filter(
    (write) =>
      write.deed === 'release' &&
      write.side === side &&
      sideOf(write.before?.spec.holderIdentity ?? '') !== side,
  );
  return `${emptied.length} of ${tries}`;
}

function compared(
  of: string,
  rounds: readonly Round[],
  { of: counted, seed }: { readonly of: readonly Way[]; readonly seed: number },
) {
  const to = (side: Side) =>
    rounds
      .filter((round) => round.to === side && counted.includes(round.way))
      .flatMap(({ handoverMs }) => handoverMs ?? []);
  const [ours, theirs] = [to('ours'), to('theirs')];
  return { of, n: { ours: ours.length, theirs: theirs.length }, ...compareSamples(ours, theirs, seed) };
}
