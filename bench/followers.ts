// multitail and lnav on the same two busy logs, in a terminal as large as kha-lab's.
import { join } from 'node:path';
import {
  bytesIn,
  countIn,
  emptyLogs,
  type Followed,
  lastLine,
  linesInAll,
  masters,
  tailing,
  until,
  untilFollowed,
  whileBusy,
} from './busylogs.ts';
import { found } from './found.ts';
import { environment } from './places.ts';
import type { BenchSandbox } from './sandbox.ts';
import { inTerminal, type TerminalProgram } from './terminal.ts';

interface Follower {
  readonly name: string;
  /** What is typed, given the commands that bring the lines; the files are its own. */
  line(commands: readonly string[], files: readonly string[]): string;
  /** Has it write down what it read of both logs, where it does not do so all along. */
  writeDown?(program: TerminalProgram, file: string): Promise<void>;
}

export interface FollowerTook extends Followed {
  readonly name: string;
  readonly lost: number;
}

export const followers: readonly Follower[] = [
  {
    name: 'multitail',
    line: (commands, files) =>
      ['multitail', ...commands.map((command, at) => `-a ${files[at]} -l '${command}'`)].join(' '),
  },
  {
    name: 'lnav',
    // As a shell gives it both: named pipes.
    line: (commands) => ['lnav', ...commands.map((command) => `<(${command})`)].join(' '),
    async writeDown(program, file) {
      // It keeps to the end of what it has read.
      await until('lnav shows the end', async () => program.screen().includes(lastLine)).catch(() => {});
      program.type(':');
      await program.until('Enter an lnav command');
      program.type(`write-view-to ${file}`);
      await program.until(`:write-view-to ${file}`);
      program.type('\r');
      await program.until('Wrote');
    },
  },
];

/** Null where it is not installed. */
export async function followed(
  home: string,
  sandbox: BenchSandbox,
  { name, line, writeDown }: Follower,
): Promise<FollowerTook | null> {
  const bash = await found('bash');
  if (bash === null || (await found(name)) === null) return null;
  const logs = await emptyLogs(sandbox);
  const files = masters.map((master) => join(home, `${name}-${master}`));
  const commands = tailing(logs).map((words) => words.join(' '));
  const program = inTerminal({
    ...{ program: bash, argv: ['-c', `exec ${line(commands, files)}`] },
    ...{ env: environment(home), cwd: home, columns: 120, rows: 40 },
  });
  try {
    await untilFollowed(logs, name, async () => program.screen());
    const took = await whileBusy(home, logs, program);
    await writeDown?.(program, files[0] ?? '');
    let seen = 0;
    const hasAll = async () => {
      seen = await countIn(files);
      return seen >= linesInAll;
    };
    await until(`${name} has all of it`, hasAll, () => bytesIn(files)).catch(() => {});
    return { ...took, name, lost: linesInAll - seen };
  } finally {
    await program.kill();
  }
}
