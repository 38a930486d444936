// Makes the index of a recording: reads it once, to its end, and keeps what everything before each block comes to.
import type { Observation } from '../../model/observation.ts';
import type { Round } from '../../model/round.ts';
import { StoryFold } from '../../model/storyfold.ts';
import { Cues } from '../cues.ts';
import { readRecording } from '../read.ts';
import { remarksAfter } from '../reel.ts';
import type { Batch } from '../wholelines.ts';
import { type IndexWriter, writeIndex } from './file.ts';
import { type Block, keptOf, type Piece, type Source } from './table.ts';

export interface MakeWish {
  readonly file: string;
  readonly into: string;
  readonly of: Source;
  /** The recording is gzipped: its lines go into the index as well. */
  readonly packed: boolean;
  /** Unpacked, least in a block. */
  readonly blockBytes: number;
  /** Told now and then how many bytes were read, unpacked. */
  readonly onProgress: (bytes: number) => void;
}

/** @throws KhaError as `readRecording`; else what the file system says of `into`. */
export async function makeIndex(wish: MakeWish): Promise<void> {
  const { file, into, of, packed, onProgress } = wish;
  const writer = writeIndex(into);
  try {
    const remarks: string[] = [];
    const blocks = new Blocks(writer, wish);
    let begun: Observation | null = null;
    let last: Observation | undefined;
    for await (const one of readRecording(file, (sentence) => remarks.push(sentence), turn)) {
      begun ??= one;
      last = one;
      blocks.see(one);
    }
    blocks.cut();
    function turn(batch: Batch): void {
      blocks.turn(batch);
      onProgress(batch.at);
    }
    if (begun === null) return;
    const { found, rounds, cues } = blocks;
    const ending = remarksAfter(last, remarks);
    writer.finish({ of, packed, blocks: found, cues: cues.found, begun, ending, rounds });
  } finally {
    writer.discard();
  }
}

class Blocks {
  readonly found: Block[] = [];
  readonly rounds: Round[] = [];
  readonly cues = new Cues();
  readonly #writer: IndexWriter;
  readonly #wish: Pick<MakeWish, 'packed' | 'blockBytes'>;
  readonly #text: string[] = [];
  readonly #fold = new StoryFold();
  #standing: Piece | null = null;
  /** Where the block begins, and ends so far. */
  #from = 0;
  #to = 0;
  /** Which of the rounds is the first of this run. */
  #firstRound = 0;

  constructor(writer: IndexWriter, wish: Pick<MakeWish, 'packed' | 'blockBytes'>) {
    this.#writer = writer;
    this.#wish = wish;
  }

  /** More lines come: they begin a new block where this one is long enough. */
  turn({ at, bytes, lines }: Batch): void {
    if (at - this.#from >= this.#wish.blockBytes) this.cut();
    if (this.#wish.packed) this.#text.push(`${lines.join('\n')}\n`);
    this.#to = at + bytes;
  }

  see(one: Observation): void {
    if (one.kind === 'run') this.#firstRound = this.rounds.length;
    this.#fold.see(one);
    this.cues.see(one);
  }

  cut(): void {
    const lines = this.#wish.packed
      ? this.#writer.add(this.#text.splice(0).join(''))
      : { at: this.#from, bytes: this.#to - this.#from };
    this.found.push({ lines, highestMs: this.cues.lengthMs, standing: this.#standing });
    this.#from = this.#to;
    const { story } = this.#fold;
    this.rounds.push(...story.scene.timeline.closed.slice(this.rounds.length - this.#firstRound));
    const kept = keptOf(story, this.#firstRound);
    this.#standing = this.#writer.add(JSON.stringify(kept));
  }
}
