// A film as an asciicast, versions 2 and 3: NDJSON that asciinema and its web player play.

export interface Filmed {
  readonly columns: number;
  readonly rows: number;
  readonly frames: readonly { readonly atMs: number; readonly text: string }[];
  readonly lengthMs: number;
}

export interface CastFacts {
  readonly title: string;
  /** RFC 3339. */
  readonly startedAt: string;
  /** Moments that players jump to, milliseconds from the beginning. */
  readonly marks?: readonly { readonly atMs: number; readonly label: string }[];
}

/** What is shown and what is marked, in turn; a mark stands before what is shown at its moment. */
function eventsOf({ frames }: Filmed, { marks = [] }: CastFacts) {
  const marked = marks.map(({ atMs, label }) => ({ atMs, code: 'm', text: label }));
  const shown = frames.map(({ atMs, text }) => ({ atMs, code: 'o', text }));
  return [...marked, ...shown].sort((a, b) => a.atMs - b.atMs);
}

/** Version 2: moments in seconds from the beginning. */
export function toAsciicastV2(film: Filmed, facts: CastFacts): string {
  const header = {
    version: 2,
    width: film.columns,
    height: film.rows,
    timestamp: epochSeconds(facts),
    duration: film.lengthMs / 1000,
    title: facts.title,
    env: { TERM: 'xterm-256color' },
  };
  return linesOf([header, ...eventsOf(film, facts).map(({ atMs, code, text }) => [atMs / 1000, code, text])]);
}

/** Version 3: moments in seconds from the one before. */
export function toAsciicast(film: Filmed, facts: CastFacts): string {
  const header = {
    version: 3,
    term: { cols: film.columns, rows: film.rows, type: 'xterm-256color' },
    timestamp: epochSeconds(facts),
    title: facts.title,
  };
  const events = eventsOf(film, facts).map(({ atMs, code, text }, index, all) => {
    const before = all[index - 1]?.atMs ?? 0;
    return [(Math.round(atMs) - Math.round(before)) / 1000, code, text];
  });
  return linesOf([header, ...events]);
}

function epochSeconds({ startedAt }: CastFacts): number {
  return Math.floor(Date.parse(startedAt) / 1000);
}

function linesOf(values: readonly unknown[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join('');
}
