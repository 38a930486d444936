// Cuts arriving chunks into lines: UTF-8 over chunk borders, and no line so long that it fills the memory.
import { StringDecoder } from 'node:string_decoder';

/** Longer lines are cut here and marked with an ellipsis. */
export const longestLine = 64 * 1024;

export class LineSplitter {
  readonly #decoder = new StringDecoder('utf8');
  #rest = '';
  #cut = false;

  /** Lines that this chunk completes, without their line ends. */
  push(chunk: Buffer): string[] {
    const pieces = this.#decoder.write(chunk).split('\n');
    const open = pieces.pop() ?? '';
    const lines = pieces.map((piece) => this.#close(piece));
    this.#keep(open);
    return lines;
  }

  /** The last line, where it had no line end. */
  end(): string[] {
    this.#keep(this.#decoder.end());
    return this.#rest === '' ? [] : [this.#close('')];
  }

  #keep(piece: string): void {
    if (this.#cut) return;
    this.#rest += piece;
    if (this.#rest.length > longestLine) {
      this.#rest = this.#rest.slice(0, longestLine);
      this.#cut = true;
    }
  }

  #close(piece: string): string {
    this.#keep(piece);
    const line = this.#cut ? `${this.#rest}…` : this.#rest;
    this.#rest = '';
    this.#cut = false;
    return line.endsWith('\r') ? line.slice(0, -1) : line;
  }
}
