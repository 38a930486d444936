// Scrolling of logs: going up holds the pane still on a copy of the book, the end or `f` lets it run again.

import type { Command } from './keys.ts';
import type { BookLine, LogBook } from './logbook.ts';
import type { Held } from './view.ts';

export interface ScrollPlace {
  readonly book: LogBook;
  readonly held: Held | undefined;
  readonly wanted: (line: BookLine) => boolean;
  readonly height: number;
}

/** Where the pane stands after a scroll command; undefined: it follows. */
export function scrolled(command: Command, place: ScrollPlace): Held | undefined {
  const { held, wanted, height } = place;
  const book = held?.book ?? place.book;
  const bottom = held?.bottom ?? book.total - 1;
  switch (command) {
    case 'follow':
    case 'bottom':
      return undefined;
    case 'pause':
      return hold(book, held, bottom);
    case 'up':
      return hold(book, held, earlier(book, wanted, bottom, 1, height));
    case 'pageUp':
      return hold(book, held, earlier(book, wanted, bottom, Math.max(1, height - 1), height));
    case 'top':
      return hold(book, held, book.head(height, wanted).at(-1)?.number ?? bottom);
    case 'saidBefore': {
      const [said] = book.tail(1, (line) => wanted(line) && matters(line), bottom - 1);
      return said ? hold(book, held, said.number) : held;
    }
    case 'saidNext': {
      const [said] = book.head(1, (line) => wanted(line) && matters(line), bottom + 1);
      return held && said && hold(book, held, said.number);
    }
    case 'down':
      return held && hold(book, held, later(book, wanted, bottom, 1));
    case 'pageDown':
      return held && hold(book, held, later(book, wanted, bottom, Math.max(1, height - 1)));
    default:
      return held;
  }
}

/** Looks and renewals are every day's; what is left says that somebody came, went or failed. */
function matters({ event }: BookLine): boolean {
  return event !== null && (event === 'gap' || !everyday.includes(event.is));
}

const everyday: readonly string[] = ['renewed', 'held', 'notAcquired', 'request'];

function hold(book: LogBook, held: Held | undefined, bottom: number): Held {
  return { book: held ? book : book.copy(), bottom };
}

/** The line `count` wanted lines above the bottom one, but never so high that the pane would be half empty. */
function earlier(
  book: LogBook,
  wanted: ScrollPlace['wanted'],
  bottom: number,
  count: number,
  height: number,
) {
  const first = book.head(height, wanted).at(-1)?.number ?? bottom;
  const shown = book.tail(count + 1, wanted, bottom);
  return Math.max(Math.min(first, bottom), shown[0]?.number ?? bottom);
}

function later(book: LogBook, wanted: ScrollPlace['wanted'], bottom: number, count: number): number {
  return book.head(count, wanted, bottom + 1).at(-1)?.number ?? bottom;
}
