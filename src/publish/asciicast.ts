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
  return linesOf([header, ...film.frames.map(({ atMs, text }) => [atMs / 1000, 'o', text])]);
}

/** Version 3: moments in seconds from the one before. */
export function toAsciicast(film: Filmed, facts: CastFacts): string {
  const header = {
    version: 3,
    term: { cols: film.columns, rows: film.rows, type: 'xterm-256color' },
    timestamp: epochSeconds(facts),
    title: facts.title,
  };
  const events = film.frames.map(({ atMs, text }, index) => {
    const before = film.frames[index - 1]?.atMs ?? 0;
    return [Math.round(atMs - before) / 1000, 'o', text];
  });
  return linesOf([header, ...events]);
}

function epochSeconds({ startedAt }: CastFacts): number {
  return Math.floor(Date.parse(startedAt) / 1000);
}

function linesOf(values: readonly unknown[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join('');
}
