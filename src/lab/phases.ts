// The phases of a handover in words: each mark that was seen, as a line of a list.
import type { Mark, Round } from '../model/round.ts';
import { seconds } from './numbers.ts';
import type { LabWords } from './words/words.ts';

/** A markdown list, times counted from the fault: `- **+16.3 s** lock taken, kuberm2`. Null without a fault. */
export function phasesOf(round: Round, words: LabWords): string | null {
  const start = round.marks.find(({ name }) => name === 'faultIssued');
  if (!start) return null;
  return round.marks.map((mark) => `- ${line(mark, start, words)}`).join('\n');
}

function line(mark: Mark, start: Mark, { phases }: LabWords): string {
  const ms = mark.atMs - start.atMs;
  const sign = ms < 0 ? '−' : '+';
  return `**${sign}${seconds(Math.abs(ms))}** ${phases[mark.name]}${mark.host ? `, ${mark.host}` : ''}`;
}

/**
 * A markdown list of all handovers that were timed: `- **stop** on kuberm: kuberm2 after 1.6 s`; where they are of several
 * components, each says of which. Null without one.
 */
export function roundsOf(rounds: readonly Round[], words: LabWords): string | null {
  const mixed = new Set(rounds.map(({ component }) => component)).size > 1;
  const timed = rounds.flatMap(({ fault, from, to, handover, component }) =>
    handover && to !== null
      ? [
          `- ${words.round({ fault, from, to, after: seconds(handover.ms), component: mixed ? component : null })}`,
        ]
      : [],
  );
  return timed.join('\n') || null;
}

/** How long after its fault a zombie emptied its successor's record: `16.4 s`. Null when it did not. */
export function emptiedAfter(round: Round | null): string | null {
  const issued = round?.marks.find(({ name }) => name === 'faultIssued');
  return round?.emptied && issued ? seconds(round.emptied.atMs - issued.atMs) : null;
}
