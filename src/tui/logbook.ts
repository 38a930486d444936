// Bounded memory of one followed log, outside React: lines push lines out, and what fell out is counted.
import type { LogEvent } from '../model/logevent.ts';

export interface BookLine {
  /** Counts from 0 in each book; what scrolling holds on to. */
  readonly number: number;
  readonly atMs: number;
  readonly text: string;
  /** Null for lines without a meaning of their own; `gap` where lines are missing. */
  readonly event: LogEvent | 'gap' | null;
}

/** A ring of the newest `capacity` lines. */
export class LogBook {
  readonly capacity: number;
  #ring: BookLine[] = [];
  #total: number;
  #gaps = 0;
  /** Lines written before this memory began. */
  readonly #before: number;

  constructor({ capacity = 5000, before = 0 } = {}) {
    this.capacity = capacity;
    this.#before = before;
    this.#total = before;
  }

  add(written: Omit<BookLine, 'number'>): void {
    this.#ring[this.#total % this.capacity] = { ...written, number: this.#total };
    this.#total += 1;
    if (written.event === 'gap') this.#gaps += 1;
  }

  get total(): number {
    return this.#total;
  }

  /** Lines that fell out of this memory; the recording has them. */
  get dropped(): number {
    return Math.max(this.#before, this.#total - this.capacity);
  }

  /** Times the log itself could not be followed. */
  get gaps(): number {
    return this.#gaps;
  }

  at(number: number): BookLine | undefined {
    if (number < this.dropped || number >= this.#total) return undefined;
    return this.#ring[number % this.capacity];
  }

  /** The newest `count` lines that `wanted` lets through, oldest first, ending at or before line `upTo`. */
  tail(count: number, wanted: (line: BookLine) => boolean, upTo = this.#total - 1): readonly BookLine[] {
    const found: BookLine[] = [];
    for (let number = upTo; number >= this.dropped && found.length < count; number -= 1) {
      const line = this.at(number);
      if (line && wanted(line)) found.push(line);
    }
    return found.reverse();
  }

  /** The first `count` wanted lines from line `from` on. */
  head(count: number, wanted: (line: BookLine) => boolean, from = this.dropped): readonly BookLine[] {
    const found: BookLine[] = [];
    for (
      let number = Math.max(from, this.dropped);
      number < this.#total && found.length < count;
      number += 1
    ) {
      const line = this.at(number);
      if (line && wanted(line)) found.push(line);
    }
    return found;
  }

  /** The book as it is now: what a paused pane shows while the log goes on. */
  copy(): LogBook {
    const copy = new LogBook({ capacity: this.capacity, before: this.#before });
    copy.#ring = this.#ring.slice();
    copy.#total = this.#total;
    copy.#gaps = this.#gaps;
    return copy;
  }
}
