// A long recording is read once before it can be played: told on one line of a terminal, which is gone afterwards.
import type { Surroundings } from './surroundings.ts';

const everyBytes = 16 * 1024 * 1024;

/** Takes how many bytes were read so far; null: it is done. */
export function tellIndexing({ stderr }: Pick<Surroundings, 'stderr'>): (bytes: number | null) => void {
  let told = 0;
  return (bytes) => {
    if (!stderr.isTTY) return;
    if (bytes === null) {
      if (told > 0) stderr.write('\r\x1b[2K');
      return;
    }
    if (bytes - told < everyBytes) return;
    told = bytes;
    stderr.write(
      `\rReading it once, to find places in it quickly from now on: ${Math.round(bytes / 1e6)} MB`,
    );
  };
}
