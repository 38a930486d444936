// What a group of rounds asked, in words for headings and captions.
import type { ElectionTerms } from './observation.ts';
import type { RoundGroup } from './roundgroups.ts';

/** `kube-scheduler, stop, Lease`. */
export function groupName({
  component,
  fault,
  lock,
  onStandby,
}: Pick<RoundGroup, 'component' | 'fault' | 'lock' | 'onStandby'>): string {
  const where = onStandby ? `${fault} of a standby` : fault;
  return `${component}, ${where}, ${lock === null ? 'lock not seen' : `lock in ${lock}`}`;
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
