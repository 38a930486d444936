// The rules that rounds are held against: who believed to lead when, and how long a handover may take.
import { terms } from './candidate.ts';
import type { Happening, Side } from './happening.ts';

const { leaseMs, renewMs, retryMs } = terms;
/** The longest a standby waits between two looks: the retry period, stretched by up to 1.2 of itself. */
const longestPollMs = 2.2 * retryMs;

/** What requests, signals and a busy machine may add to a bound, in milliseconds. */
export const slackMs = 500;

/**
 * From the fault to another's `acquired`, in milliseconds, slack left out. Without a release the standby's own lease runs
 * from its first look after the last renewal, which is up to a retry period old; after a release one look is enough.
 */
export const bounds = {
  silent: { min: leaseMs - retryMs, max: leaseMs + 2 * longestPollMs },
  released: { min: 0, max: longestPollMs },
  /** How long a frozen leader that was succeeded goes on once it is woken. */
  afterWaking: { min: 0, max: renewMs },
} as const;

/** How long one request may take: half the renew deadline, at least a second. */
const requestLimitMs = Math.max(1000, renewMs / 2);

export function within(ms: number, { min, max }: { readonly min: number; readonly max: number }): boolean {
  return ms >= min - slackMs && ms <= max + slackMs;
}

/** One candidate's belief to lead: from `acquired` until it stopped, was told to, or was killed. */
export interface Tenure {
  readonly who: string;
  readonly side: Side;
  readonly fromUs: number;
  readonly untilUs: number;
  /** Whether it gave up by itself. */
  readonly gaveUp: boolean;
  /** When it was frozen and woken during that time. */
  readonly frozen: readonly { readonly fromUs: number; readonly untilUs: number }[];
}

export function tenuresOf(happenings: readonly Happening[]): Tenure[] {
  const inOrder = [...happenings].sort((a, b) => a.atUs - b.atUs);
  return inOrder
    .filter(({ is }) => is === 'acquired')
    .map(({ who, side, atUs: fromUs }) => {
      const later = inOrder.filter((one) => one.who === who && one.atUs >= fromUs);
      const over = later.find(({ is }) => is === 'stopped' || is === 'told' || is === 'killed');
      const untilUs = over?.atUs ?? Number.POSITIVE_INFINITY;
      const frozen = later
        .filter(({ is, atUs }) => is === 'frozen' && atUs <= untilUs)
        .map(({ atUs }) => {
          const woken = later.find((one) => one.is === 'woken' && one.atUs >= atUs);
          return { fromUs: atUs, untilUs: Math.min(untilUs, woken?.atUs ?? untilUs) };
        });
      return { who, side, fromUs, untilUs, gaveUp: over?.is === 'stopped', frozen };
    })
    .sort((a, b) => a.fromUs - b.fromUs);
}

/**
 * Two leaders beyond what the rules allow, in words. Two may believe to lead only if the older one was frozen when the
 * younger one took over, and then until a renew deadline after waking; or if the older one gave up by itself, since the
 * answer to its last renewal may have come late by as much as a request may take (lease = renew deadline + retry period).
 */
export function tooManyLeaders(happenings: readonly Happening[]): string[] {
  const tenures = tenuresOf(happenings);
  return tenures.flatMap((older, at) =>
    tenures.slice(at + 1).flatMap((younger) => {
      if (younger.fromUs >= older.untilUs) return [];
      const nap = older.frozen.find(
        ({ fromUs, untilUs }) => fromUs <= younger.fromUs && younger.fromUs <= untilUs,
      );
      const pair = `${older.who} and ${younger.who}`;
      const besideMs = (Math.min(older.untilUs, younger.untilUs) - younger.fromUs) / 1000;
      if (!nap && older.gaveUp && besideMs <= requestLimitMs) return [];
      if (!nap) return [`${pair} led at once, and ${older.who} was not frozen`];
      const actingMs = (Math.min(older.untilUs, younger.untilUs) - nap.untilUs) / 1000;
      if (actingMs <= bounds.afterWaking.max + slackMs) return [];
      return [`${pair} led at once for ${actingMs.toFixed(0)} ms after ${older.who} was woken`];
    }),
  );
}
