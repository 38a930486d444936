// Opens a component's log from its flags: `--logtostderr`, `--log-dir`, `--v`.
import { hostname, userInfo } from 'node:os';
import { ownClock } from '../clock/clock.ts';
import type { Flags } from '../process/flags.ts';
import { type Klog, openKlog } from './klog.ts';

/** The host's name is KHA_SANDBOX_HOSTNAME where it is set: several masters share one machine here. */
export function openLog(program: string, flags: Flags, environment: NodeJS.ProcessEnv): Klog {
  const toFiles = flags.get('logtostderr') === 'false' && flags.get('log-dir') !== undefined;
  return openKlog({
    origin: {
      program,
      hostname: environment.KHA_SANDBOX_HOSTNAME || hostname(),
      user: environment.USER || userName(),
      pid: process.pid,
    },
    verbosity: Number(flags.get('v') ?? 0),
    folder: toFiles ? flags.get('log-dir') : undefined,
    now: ownClock.wallMs,
  });
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'unknownuser';
  }
}
