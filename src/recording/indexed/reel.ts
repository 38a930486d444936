// A recording of any length to be played by its index: a block of it in memory, and what all before comes to.
import { closeSync, openSync } from 'node:fs';
import { exits, KhaError } from '../../model/failure.ts';
import type { Standpoint } from '../../model/labplan.ts';
import type { Observation } from '../../model/observation.ts';
import type { RunMs } from '../../model/time.ts';
import { shownAt } from '../cues.ts';
import { observationsOf } from '../read.ts';
import type { Reel } from '../reel.ts';
import { pieceOf, unpacked } from './file.ts';
import { type KeptStanding, standpointOf, type Table } from './table.ts';

export interface IndexedFiles {
  readonly file: string;
  readonly index: string;
}

/** Blocks before the one sought, for the lines that still stand on the screen. */
const blocksBefore = 1;

/** @throws what the file system says where one of the files is gone. */
export function indexedReel(table: Table, { file, index }: IndexedFiles): Reel {
  const [ofFile, ofIndex] = [openSync(file, 'r'), openSync(index, 'r')];
  const open = [ofFile, ofIndex];
  const opened = {
    lines: (at: number) => {
      const block = table.blocks[at];
      if (!block) return at === table.blocks.length ? table.ending : [];
      const text = table.packed ? unpacked(ofIndex, block.lines) : `${pieceOf(ofFile, block.lines)}`;
      return observationsOf(text.split('\n'));
    },
    standing(at: number) {
      const piece = table.blocks[at]?.standing ?? null;
      if (piece === null) return null;
      return standpointOf(JSON.parse(unpacked(ofIndex, piece)) as KeptStanding, table.rounds);
    },
    close() {
      for (const fd of open.splice(0)) closeSync(fd);
    },
  };
  return reelOf(table, opened, index);
}

interface Opened {
  /** A block's; after the last what is told at the end. */
  lines(at: number): readonly Observation[];
  standing(at: number): Standpoint | null;
  close(): void;
}

function reelOf(table: Table, opened: Opened, index: string): Reel {
  let at = -1;
  let block: readonly Observation[] = [];
  let place = 0;
  const load = (which: number) => {
    at = which;
    block = orTold(index, () => opened.lines(which));
    place = 0;
  };
  /** The block with the first observation that is shown after `ms`. */
  const blockOf = (ms: RunMs) => {
    const found = table.blocks.findIndex(({ highestMs }) => highestMs > ms);
    return found < 0 ? table.blocks.length : found;
  };
  return {
    cues: table.cues,
    head: [table.begun],
    rewind(ms) {
      const from = Math.max(0, blockOf(ms) - blocksBefore);
      load(from);
      return orTold(index, () => opened.standing(from));
    },
    isFar: (ms) => blockOf(ms) > Math.max(at, 0) + blocksBefore,
    next(ms) {
      while (place >= block.length && at < table.blocks.length) load(at + 1);
      const one = block[place];
      if (one === undefined || shownAt(one) > ms) return null;
      place += 1;
      return one;
    },
    again: () => reelOf(table, opened, index),
    close: opened.close,
  };
}

/** A damaged index is told as what it is. */
function orTold<T>(index: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw new KhaError({
      code: 'index-unreadable',
      exit: exits.usage,
      message: `The index of the recording could not be read: ${(cause as Error).message}.`,
      tryThis: `Remove ${index} and start again: it is made anew.`,
      cause,
    });
  }
}
