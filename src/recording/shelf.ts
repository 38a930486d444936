// The folder where runs are kept: what lies there, newest first, and taking away.
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

export interface KeptRun {
  readonly file: string;
  readonly bytes: number;
  /** When it was last written, epoch milliseconds. */
  readonly writtenMs: number;
  /** The process that is still writing it, by its name; null when there is none. */
  readonly writer: number | null;
}

/** Recordings of the folder, newest first by their names, which begin with when they were made. None where there is no folder. */
export function keptRuns(folder: string): readonly KeptRun[] {
  return namesIn(folder)
    .filter((name) => /\.ndjson(\.gz)?$/.test(name))
    .sort()
    .reverse()
    .flatMap((name) => {
      const file = join(folder, name);
      const found = statSync(file, { throwIfNoEntry: false });
      if (!found?.isFile()) return [];
      return [{ file, bytes: found.size, writtenMs: found.mtimeMs, writer: writerOf(name) }];
    });
}

export function removeRun({ file }: KeptRun): void {
  rmSync(file, { force: true });
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function writerOf(name: string): number | null {
  const pid = Number(/-(\d+)\.ndjson$/.exec(name)?.[1] ?? Number.NaN);
  if (!Number.isInteger(pid)) return null;
  try {
    process.kill(pid, 0);
    return pid;
  } catch (error) {
    // A process of somebody else's is alive as well.
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? pid : null;
  }
}
