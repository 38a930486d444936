// What a group of rounds asked, in words for headings and captions.
import type { ElectionTerms } from './observation.ts';
import type { RoundGroup } from './roundgroups.ts';

export type Question = Pick<RoundGroup, 'component' | 'fault' | 'onStandby' | 'restarts'>;

/** `kube-scheduler, kill, let restart`. */
export function questionName({ component, fault, onStandby, restarts }: Question): string {
  return `${component}, ${fault}${onStandby ? ' of a standby' : ''}${restarts ? ', let restart' : ''}`;
}

/** `kube-scheduler, stop, lock in Lease`. */
export function groupName(group: Question & Pick<RoundGroup, 'lock'>): string {
  return `${questionName(group)}, ${group.lock === null ? 'lock not seen' : `lock in ${group.lock}`}`;
}

/** `lease 15 s, renew deadline 10 s, retry period 2 s; given back on a stop`. */
export function termsInWords({
  leaseDurationMs,
  renewDeadlineMs,
  retryPeriodMs,
  releasesOnStop,
}: ElectionTerms): string {
  const s = (ms: number) => `${ms / 1000} s`;
  const back =
    releasesOnStop === null ? '' : releasesOnStop ? '; given back on a stop' : '; not given back on a stop';
  return `lease ${s(leaseDurationMs)}, renew deadline ${s(renewDeadlineMs)}, retry period ${s(retryPeriodMs)}${back}`;
}

/** The flags that decide who leads, when, and what the logs show of it. */
export function tellingFlags(argv: readonly string[]): readonly string[] {
  return argv.filter((word) => /^--(leader-elect|v=|vmodule|feature-gates|kube-api-|master)/.test(word));
}

/** From what the lengths of a group count, to follow a number. */
export function countsFrom({ from }: Pick<RoundGroup, 'from'>): string {
  return from === 'storeBack' ? "from the store's return" : 'from the fault';
}
