// A table of rounds, folded in pieces where there are many: a page of ten thousand rounds is there at once, with all of them.
import { type Markup, markup } from '../markup.ts';

export interface LongTable {
  readonly head: readonly string[];
  readonly rows: readonly Row[];
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

export function longTable(table: LongTable): Markup {
  const { head, rows, label } = table;
  if (rows.length <= mostOpen) return whole(head, rows, label);
  const pieces = Array.from({ length: Math.ceil(rows.length / pieceRows) }, (_, at) => at * pieceRows);
  return markup`${pieces.map((from) => piece(table, from))}`;
}

/** Not opened for printing: nobody wants hundreds of pages of rounds. */
function piece({ head, rows, label }: LongTable, from: number): Markup {
  const own = rows.slice(from, from + pieceRows);
  const odd = own.filter((row) => row.odd).length;
  const which = `${from + 1} to ${from + own.length} of ${rows.length}`;
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
