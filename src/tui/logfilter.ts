// Which lines of a log are shown: by detail, and by what was typed after `/`.
import type { BookLine } from './logbook.ts';
import { meaningOf } from './meaning.ts';
import type { View } from './view.ts';

/** Requests, and the line that only repeats that a look was in vain. */
const quiet: readonly string[] = ['request', 'notAcquired'];

export function lineFilter({ detail, filter }: Pick<View, 'detail' | 'filter'>): (line: BookLine) => boolean {
  const sought = filter.toLowerCase();
  return ({ text, event }) => {
    if (event === 'gap') return true;
    if (detail === 'election' && (event === null || quiet.includes(event.is))) return false;
    if (sought === '' || text.toLowerCase().includes(sought)) return true;
    // What stands on the screen in its place is found as well.
    return detail !== 'raw' && event !== null && meaningOf(event).words.toLowerCase().includes(sought);
  };
}
