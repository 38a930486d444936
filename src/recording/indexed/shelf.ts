// The folder of indexes: which belongs to a recording, and those that nobody looked at for long go.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readTable, unfinishedEnd } from './file.ts';
import type { Source, Table } from './table.ts';

/**
 * Null for what is no file: a pipe has no midst to go to. Throws nothing: what is missing is refused by who reads it.
 * @param version of the program; where it is built again, an index is made anew as well.
 */
export async function sourceOf(file: string, version: string): Promise<Source | null> {
  const found = await stat(file).catch(() => null);
  if (!found?.isFile()) return null;
  const { size, mtimeMs, ctimeMs } = found;
  return {
    ...{ file: await realpath(file), bytes: size, modifiedMs: mtimeMs, changedMs: ctimeMs },
    program: `${version} ${statSync(import.meta.filename).mtimeMs}`,
  };
}

export function indexName({ file }: Source): string {
  return `${createHash('sha256').update(file).digest('hex').slice(0, 32)}.index`;
}

/** Null where there is none of the file as it is now. */
export function keptTable(folder: string, source: Source): Table | null {
  const index = join(folder, indexName(source));
  const table = readTable(index);
  if (table === null || !isSame(table.of, source)) return null;
  try {
    utimesSync(index, new Date(), new Date());
  } catch {
    // Somebody else's, or on a disk that cannot be written: it goes the sooner, where it can go at all.
  }
  return table;
}

function isSame(a: Source, b: Source): boolean {
  return (Object.keys(b) as (keyof Source)[]).every((key) => a[key] === b[key]);
}

const most = 10;
const hourMs = 3_600_000;

/** Room for one more, the folder made where there is none. @throws what the file system says. */
export function makeRoom(folder: string, nowMs: number): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const aged = readdirSync(folder).flatMap((name) => {
    const file = join(folder, name);
    const found = statSync(file, { throwIfNoEntry: false });
    return found ? [{ file, usedMs: found.mtimeMs }] : [];
  });
  const left = ({ file, usedMs }: (typeof aged)[number]) =>
    file.endsWith(unfinishedEnd) && nowMs - usedMs > hourMs;
  const indexes = aged
    .filter(({ file }) => file.endsWith('.index'))
    .sort((a, b) => b.usedMs - a.usedMs)
    .slice(most - 1);
  for (const { file } of [...indexes, ...aged.filter(left)]) rmSync(file, { force: true });
}
