// How a host's own clock is read: by the shell itself where it can, as a fork costs a millisecond or more.
import type { EpochMs } from '../../model/time.ts';
import type { Argv } from '../host.ts';

export interface ClockSource {
  /** The shell to start; bash under sshd would read start-up files even for a single command. */
  readonly shell: Argv;
  /** What the shell expands to the time. */
  readonly expression: string;
}

export const bashClock: ClockSource = {
  shell: ['bash', '--noprofile', '--norc'],
  expression: '$EPOCHREALTIME',
};
export const dateClock: ClockSource = { shell: ['sh'], expression: '$(date +%s%N)' };

/** Seconds with a fraction (bash, in any locale) or nanoseconds (date). NaN for anything else. */
export function parseClock(written: string): EpochMs {
  const fraction = /^(\d{9,11})[.,](\d{1,9})$/.exec(written);
  if (fraction) return Number(fraction[1]) * 1000 + Number((fraction[2] ?? '').padEnd(9, '0')) / 1e6;
  const nanoseconds = /^(\d{9,11})(\d{9})$/.exec(written);
  if (nanoseconds) return Number(nanoseconds[1]) * 1000 + Number(nanoseconds[2]) / 1e6;
  return Number.NaN;
}
