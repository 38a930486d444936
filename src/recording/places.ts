// Where recordings and unfinished business are kept: the user's state folder, as XDG says.
import { homedir } from 'node:os';
import { join } from 'node:path';

export interface StatePlaces {
  readonly runs: string;
  /** One file for each fault whose way back is not yet verified. */
  readonly pending: string;
  readonly labs: string;
}

export function statePlaces(env: NodeJS.ProcessEnv): StatePlaces {
  const state = join(env.XDG_STATE_HOME || join(homedir(), '.local', 'state'), 'kha-lab');
  return { runs: join(state, 'runs'), pending: join(state, 'pending'), labs: join(state, 'labs') };
}

/** What can be made again, as XDG says: indexes of long recordings. */
export function indexPlace(env: NodeJS.ProcessEnv): string {
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'kha-lab', 'indexes');
}

/** `20261122-195029-failover-4711.ndjson`: sorts by time, says what it was and at which seat, and never meets another process's. */
export function recordingName(what: string, startedAt: Date, pid: number, seat?: string): string {
  const [day = '', time = ''] = startedAt.toISOString().split('T');
  return `${day.replaceAll('-', '')}-${time.slice(0, 8).replaceAll(':', '')}-${what}-${seat === undefined ? '' : `${seat}-`}${pid}.ndjson`;
}
