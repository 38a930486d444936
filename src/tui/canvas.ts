// What Ink takes for the terminal: takes whole frames, writes only the lines that changed, each at its own place.
import { EventEmitter } from 'node:events';

export interface CanvasTarget {
  readonly columns: number;
  readonly rows: number;
  write(text: string): boolean;
}

/**
 * Ink 6.8 gives whole frames in its debug mode. Its own incremental writing counts lines from the cursor and is one
 * off when a frame ends in a newline, and its way of clearing also clears the scrollback, which is the person's.
 * A canvas has one size: a new size gets a new canvas and a new mount, so everything is drawn anew.
 */
export class Canvas extends EventEmitter {
  readonly isTTY = true;
  readonly writable = true;
  readonly writableLength = 0;
  readonly columns: number;
  readonly rows: number;
  #silent = false;
  #drawn: readonly string[] = [];
  readonly #target: CanvasTarget;

  constructor(target: CanvasTarget) {
    super();
    this.#target = target;
    this.columns = target.columns;
    this.rows = target.rows;
  }

  silence(): void {
    this.#silent = true;
  }

  write(text: string, done?: () => void): boolean {
    if (!this.#silent && text !== '' && !text.startsWith('\x1b[?25')) this.#draw(text);
    if (done) setImmediate(done);
    return true;
  }

  #draw(frame: string): void {
    const lines = frame.split('\n').slice(0, Math.max(1, this.rows - 1));
    const rows = Math.max(lines.length, this.#drawn.length);
    let changes = '';
    for (let row = 0; row < rows; row += 1) {
      const now = lines[row] ?? '';
      if (now !== this.#drawn[row]) changes += `\x1b[${row + 1};1H${now}\x1b[0m\x1b[K`;
    }
    this.#drawn = lines;
    // Shown at once where the terminal knows synchronized updates.
    if (changes !== '') this.#target.write(`\x1b[?2026h${changes}\x1b[?2026l`);
  }
}
