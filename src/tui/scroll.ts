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
    case 'down':
      return held && hold(book, held, later(book, wanted, bottom, 1));
    case 'pageDown':
      return held && hold(book, held, later(book, wanted, bottom, Math.max(1, height - 1)));
    default:
      return held;
  }
}

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
