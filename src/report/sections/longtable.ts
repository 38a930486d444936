// A table of rounds, folded in pieces where there are many: a page of ten thousand rounds is there at once, with all of them.
import { type Markup, markup } from '../markup.ts';

export interface LongTable<T> {
  readonly head: readonly string[];
  /** What has a row each. */
  readonly of: readonly T[];
  /** Asked as a piece is made: of ten thousand rows no more than a piece's are there at once. */
  readonly row: (one: T) => Row;
  /** For those who hear the page. */
  readonly label: string;
}

export interface Row {
  readonly cells: Markup;
  /** Told on the outside of its piece: it did not pass, or was not put back. */
  readonly odd: boolean;
}

const mostOpen = 500;
const pieceRows = 250;

export function longTable<T>(table: LongTable<T>): Markup {
  const { of, row, label } = table;
  if (of.length <= mostOpen) return whole(table.head, of.map(row), label);
  const pieces = Array.from({ length: Math.ceil(of.length / pieceRows) }, (_, at) => at * pieceRows);
  return markup`${pieces.map((from) => piece(table, from))}`;
}

/** Not opened for printing: nobody wants hundreds of pages of rounds. */
function piece<T>({ head, of, row, label }: LongTable<T>, from: number): Markup {
  const own = of.slice(from, from + pieceRows).map(row);
  const odd = own.filter((one) => one.odd).length;
  const which = `${from + 1} to ${from + own.length} of ${of.length}`;
  return markup`<details class="piece"><summary>${which}${odd > 0 && markup` <span class="failed">(${odd} to look at)</span>`}</summary>${whole(head, own, `${label}, ${which}`)}</details>
`;
}

function whole(head: readonly string[], rows: readonly Row[], label: string): Markup {
  return markup`<div class="scroll" role="region" tabindex="0" aria-label="${label}"><table>
<thead><tr>${head.map((cell) => markup`<th scope="col">${cell}</th>`)}</tr></thead>
<tbody>${rows.map(
    ({ cells }) => markup`<tr>${cells}</tr>
`,
  )}</tbody></table></div>`;
}
