// The whole lines of a file, plain or gzipped, a batch at a time: memory stays flat, however long the file is.
import { type FileHandle, open } from 'node:fs/promises';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** No line of ours is nearly as long: a file that has longer ones is not whole there. */
const longestLine = 4 * 1024 * 1024;
const chunkBytes = 256 * 1024;

/** Whole lines without their ends, and where they lie in the unpacked file. */
export interface Batch {
  readonly lines: readonly string[];
  /** Bytes before the first of them. */
  readonly at: number;
  /** From there to the end of the last. */
  readonly bytes: number;
}

/**
 * The lines, and last what follows the last line end, if anything does. Stops early, and without an
 * error, where a gzipped file is cut or broken, or where a line is longer than any of ours.
 * @throws what the file system says, as it says it.
 */
export async function* wholeLines(file: string): AsyncGenerator<Batch> {
  let rest: Buffer[] = [];
  let restBytes = 0;
  let at = 0;
  try {
    for await (const chunk of await bytesOf(file)) {
      const read = chunk as Buffer;
      const last = read.lastIndexOf(0x0a);
      if (last >= 0) {
        const whole = Buffer.concat([...rest, read.subarray(0, last)]);
        const bytes = whole.length + 1;
        yield { lines: whole.toString('utf8').split('\n'), at, bytes };
        at += bytes;
        rest = [];
        restBytes = 0;
      }
      rest.push(read.subarray(last + 1));
      restBytes += read.length - last - 1;
      if (restBytes > longestLine) return;
    }
  } catch (error) {
    if (!isBroken(error)) throw error;
  }
  if (restBytes > 0) yield { lines: [Buffer.concat(rest).toString('utf8')], at, bytes: restBytes };
}

async function bytesOf(file: string): Promise<Readable> {
  const handle = await open(file);
  const gzipped = await beginsGzipped(handle);
  // A pipe has no beginning to go back to.
  const source = handle.createReadStream({
    highWaterMark: chunkBytes,
    ...(gzipped !== null && { start: 0 }),
  });
  if (!gzipped) return source;
  const unzipped = createGunzip({ chunkSize: chunkBytes });
  // Errors of either reach whoever reads the last.
  pipeline(source, unzipped, () => {});
  return unzipped;
}

/** @throws what the file system says, as it says it. */
export async function isGzipped(file: string): Promise<boolean> {
  const handle = await open(file);
  const gzipped = await beginsGzipped(handle);
  await handle.close();
  return gzipped === true;
}

/** Null where the file is none that can be looked at twice. */
async function beginsGzipped(handle: FileHandle): Promise<boolean | null> {
  try {
    if (!(await handle.stat()).isFile()) return null;
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Cut or damaged gzip: `unexpected end of file`, `incorrect data check`. */
function isBroken(error: unknown): boolean {
  return ['Z_BUF_ERROR', 'Z_DATA_ERROR'].includes(String((error as NodeJS.ErrnoException).code));
}
