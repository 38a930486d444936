// What the program is run in: its streams, its environment, whether a person is there.
import { observerNow } from '../hosts/observerclock.ts';
import type { Clock } from '../model/time.ts';
import { noScreens } from '../tui/open.tsx';

export interface Surroundings {
  readonly stdin: typeof process.stdin;
  readonly stdout: typeof process.stdout;
  readonly stderr: typeof process.stderr;
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly clock: Clock;
}

export function realSurroundings(): Surroundings {
  const { stdin, stdout, stderr, env } = process;
  return { stdin, stdout, stderr, env, cwd: process.cwd(), clock: observerNow };
}

/** Whether screens can be drawn and keys be read. */
export function hasTerminal(surroundings: Surroundings): boolean {
  return noScreens(surroundings) === null;
}
