// Flags that shape a sandbox, for `sandbox up` and for every command that starts one of its own.
import { type Command, InvalidArgumentError, Option } from 'commander';
import { exits, KhaError } from '../model/failure.ts';
import { type ClockFault, readClockFault } from '../sandbox/clock/fault.ts';
import { masterNames, mostMasters } from '../sandbox/masters.ts';
import type { SandboxOptions } from '../sandbox/options.ts';
import { wholeSeconds } from './flags.ts';

export interface SandboxShape {
  readonly masters?: number;
  /** By master. */
  readonly clock?: Readonly<Record<string, ClockFault>>;
  readonly leaseDuration?: number;
  readonly renewDeadline?: number;
  readonly retryPeriod?: number;
  readonly endpointReconciler?: 'master-count' | 'lease';
}

export function withSandboxFlags(command: Command): Command {
  return command
    .addOption(
      new Option('--masters <n>', `of the sandbox: 2 to ${mostMasters} (default: 2)`).argParser(masters),
    )
    .addOption(
      new Option(
        '--clock <master=fault>',
        'a wrong clock in the sandbox: kuberm2=+3s, drift=+200ppm, step=+500ms@20s, joined by commas; repeatable',
      ).argParser(clock),
    )
    .option('--lease-duration <duration>', 'of the sandbox, whole seconds (default: 15s)', wholeSeconds)
    .option('--renew-deadline <duration>', 'of the sandbox, whole seconds (default: 10s)', wholeSeconds)
    .option('--retry-period <duration>', 'of the sandbox, whole seconds (default: 2s)', wholeSeconds)
    .addOption(
      new Option(
        '--endpoint-reconciler <type>',
        'how API servers of the sandbox keep the endpoints of kubernetes (default: master-count)',
      ).choices(['master-count', 'lease']),
    );
}

/** What a sandbox is asked for. @throws KhaError `usage` for terms that client-go itself refuses. */
export function shapeOf(flags: SandboxShape): Omit<SandboxOptions, 'lock'> {
  const {
    masters: count,
    clock: clocks,
    leaseDuration,
    renewDeadline,
    retryPeriod,
    endpointReconciler,
  } = flags;
  expectTerms(leaseDuration ?? 15_000, renewDeadline ?? 10_000, retryPeriod ?? 2_000);
  const names = masterNames(count ?? 2);
  const stranger = Object.keys(clocks ?? {}).find((name) => !names.includes(name));
  if (stranger !== undefined)
    throw usage(`--clock names ${stranger}, and there is no such master.`, `They are: ${names.join(', ')}.`);
  return {
    ...(count !== undefined && { masters: names }),
    ...(clocks && { clocks }),
    ...(leaseDuration !== undefined && { leaseDurationMs: leaseDuration }),
    ...(renewDeadline !== undefined && { renewDeadlineMs: renewDeadline }),
    ...(retryPeriod !== undefined && { retryPeriodMs: retryPeriod }),
    ...(endpointReconciler && { endpointReconciler }),
  };
}

/** The first flag that only a sandbox can follow; null when none was given. */
export function sandboxOnly(flags: SandboxShape): string | null {
  const { masters: count, clock: clocks, leaseDuration, renewDeadline, retryPeriod } = flags;
  const given = {
    '--masters': count,
    '--clock': clocks,
    '--lease-duration': leaseDuration,
    '--renew-deadline': renewDeadline,
    '--retry-period': retryPeriod,
    '--endpoint-reconciler': flags.endpointReconciler,
  };
  return Object.entries(given).find(([, value]) => value !== undefined)?.[0] ?? null;
}

function expectTerms(lease: number, deadline: number, retry: number): void {
  const quick = 'The defaults are 15s, 10s and 2s; 5s, 3s and 1s is a quick set that works.';
  if (lease <= deadline) throw usage('--lease-duration must be longer than --renew-deadline.', quick);
  if (deadline <= retry * 1.2)
    throw usage('--renew-deadline must be longer than 1.2 times --retry-period.', quick);
}

function usage(message: string, tryThis: string): KhaError {
  return new KhaError({ code: 'usage', exit: exits.usage, message, tryThis });
}

function masters(text: string): number {
  if (!/^\d$/.test(text) || Number(text) < 2 || Number(text) > mostMasters)
    throw new InvalidArgumentError(`It must be a number from 2 to ${mostMasters}.`);
  return Number(text);
}

function clock(text: string, before: Record<string, ClockFault> = {}): Record<string, ClockFault> {
  const [, name, wrong = ''] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  const fault = readClockFault(wrong);
  if (name === undefined || fault === null)
    throw new InvalidArgumentError(
      'It is a master and what is wrong with its clock: kuberm2=+3s, kuberm2=drift=+200ppm, kuberm2=step=+500ms@20s.',
    );
  return { ...before, [name]: fault };
}
