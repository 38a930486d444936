// A recording opened to be played: in memory where it fits, else by an index that is made once and kept.
import { join } from 'node:path';
import { KhaError } from '../model/failure.ts';
import { makeIndex } from './indexed/make.ts';
import { indexedReel } from './indexed/reel.ts';
import { indexName, keptTable, makeRoom, sourceOf } from './indexed/shelf.ts';
import type { Source } from './indexed/table.ts';
import { type Loaded, loadRecording, loadWhole } from './load.ts';
import { memoryReel, type Reel, remarksAfter } from './reel.ts';
import { isGzipped } from './wholelines.ts';

export interface OpenReelWish {
  /** Where indexes are kept. */
  readonly folder: string;
  /** The program's: folds may differ in another. */
  readonly version: string;
  /** Told now and then, while an index is made, how many bytes were read, unpacked; null: it is done. */
  readonly onProgress?: (bytes: number | null) => void;
  /** Observations held in memory. */
  readonly limit?: number;
  readonly blockBytes?: number;
}

/** Plain files longer than this have more observations than fit. */
const longBytes = 32 * 1024 * 1024;
const usualBlock = 1024 * 1024;

/** @throws KhaError as `readRecording` and `loadRecording`. */
export async function openReel(file: string, wish: OpenReelWish): Promise<Reel> {
  const source = await sourceOf(file, wish.version);
  if (source === null) return inMemory(await loadRecording(file, wish.limit));
  const index = join(wish.folder, indexName(source));
  const kept = keptTable(wish.folder, source);
  if (kept) return indexedReel(kept, { file, index });
  const whole = source.bytes > longBytes ? null : await loadWhole(file, wish.limit);
  if (whole) return inMemory(whole);
  const failed = await madeIndex(source, wish);
  const table = failed === null ? keptTable(wish.folder, source) : null;
  if (table) return indexedReel(table, { file, index });
  const { tape, remarks } = await loadRecording(file, wish.limit);
  return inMemory({ tape, remarks: [...remarks, noIndex(wish.folder, failed)] });
}

function inMemory({ tape, remarks }: Loaded): Reel {
  return memoryReel([...tape, ...remarksAfter(tape.at(-1), remarks)]);
}

/** Null when it was made; else why it could not be. */
async function madeIndex(of: Source, wish: OpenReelWish): Promise<string | null> {
  const { folder, onProgress = () => {}, blockBytes = usualBlock } = wish;
  try {
    makeRoom(folder, Date.now());
    const packed = await isGzipped(of.file);
    await makeIndex({ file: of.file, into: join(folder, indexName(of)), of, packed, blockBytes, onProgress });
    return null;
  } catch (error) {
    if (error instanceof KhaError || (error as NodeJS.ErrnoException).code === undefined) throw error;
    return (error as Error).message;
  } finally {
    onProgress(null);
  }
}

function noIndex(folder: string, why: string | null): string {
  return `No index of it could be kept in ${folder} (${why ?? 'the recording changed meanwhile'}).`;
}
