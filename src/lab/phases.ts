// The phases of a handover in words: each mark that was seen, as a line of a list.
import type { Mark, MarkName, Round } from '../model/round.ts';
import { seconds } from './numbers.ts';

const words: Readonly<Record<MarkName, string>> = {
  lastRenew: 'last renewal',
  faultIssued: 'the fault',
  released: 'lock let go',
  leaseLost: 'old leader gives up',
  instanceGone: 'process gone',
  leaseExpired: 'lease over for the standby',
  acquired: 'lock taken',
  firstWork: 'first work done again',
  faultEnded: 'the fault ends',
  restored: 'all as before',
};

/** A markdown list, times counted from the fault: `- **+16.3 s** lock taken, kuberm2`. Null without a fault. */
export function phasesOf(round: Round): string | null {
  const start = round.marks.find(({ name }) => name === 'faultIssued');
  if (!start) return null;
  return round.marks.map((mark) => `- ${line(mark, start)}`).join('\n');
}

function line(mark: Mark, start: Mark): string {
  const ms = mark.atMs - start.atMs;
  const sign = ms < 0 ? '−' : '+';
  return `**${sign}${seconds(Math.abs(ms))}** ${words[mark.name]}${mark.host ? `, ${mark.host}` : ''}`;
}

/** A markdown list of all handovers that were timed: `- **stop** on kuberm: kuberm2 after 1.6 s`. Null without one. */
export function roundsOf(rounds: readonly Round[]): string | null {
  const timed = rounds.flatMap(({ fault, from, to, handover }) =>
    handover && to !== null ? [`- **${fault}** on ${from}: ${to} after ${seconds(handover.ms)}`] : [],
  );
  return timed.join('\n') || null;
}

/** How long after its fault a zombie emptied its successor's record: `16.4 s`. Null when it did not. */
export function emptiedAfter(round: Round | null): string | null {
  const issued = round?.marks.find(({ name }) => name === 'faultIssued');
  return round?.emptied && issued ? seconds(round.emptied.atMs - issued.atMs) : null;
}
