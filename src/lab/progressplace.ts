// Where the progress of a lab is kept. By itself, so that a start can look for it without reading it.
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** One file a lab, and a seat where several people share a machine, under XDG_STATE_HOME or ~/.local/state. */
export function progressFile(lab: string, env: NodeJS.ProcessEnv = process.env, seat?: string): string {
  const state = env.XDG_STATE_HOME;
  const root = state && isAbsolute(state) ? state : join(homedir(), '.local', 'state');
  return join(
    root,
    'kha-lab',
    'progress',
    `${encodeURIComponent(lab)}${seat === undefined ? '' : `@${seat}`}.json`,
  );
}
