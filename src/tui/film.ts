// A recording as a film: what the screens would have shown, as texts with the moments at which a terminal gets them.
import type { LabFeed } from '../model/labplan.ts';
import type { Observation } from '../model/observation.ts';
import { type Composition, compose } from './compose.ts';
import { Expectations } from './expected.ts';
import type { Size } from './layout.ts';
import { fitLine, type Line, line, span } from './line.ts';
import { Store } from './store.ts';
import type { Looks, Theme } from './theme.ts';
import { texts } from './words/words.ts';

export interface FilmWish {
  readonly tape: readonly Observation[];
  readonly title: string;
  readonly columns: number;
  readonly rows: number;
  readonly theme: Theme;
  /** Puts a lab's steps around the stream. */
  readonly tell?: (feed: LabFeed) => LabFeed;
  /** The moment to keep as plain text, milliseconds from the beginning; the end when left out. */
  readonly stillMs?: number;
}

export interface Film {
  readonly columns: number;
  readonly rows: number;
  /** Each changes what the terminal shows; milliseconds from the film's beginning. */
  readonly frames: readonly { readonly atMs: number; readonly text: string }[];
  readonly lengthMs: number;
  /** The lines on the screen at the moment asked for. */
  readonly still: readonly string[];
}

/** A stopwatch that counts in fifths of a second still looks like one; half seconds keep long films quick to make, and small. */
const frameMs = { short: 200, long: 500 } as const;

/** Longer films are long, milliseconds. */
const shortMs = 5 * 60_000;

/** Between rounds nothing counts but ages in whole seconds. */
const calmMs = 1000;

export function filmOf({
  tape,
  title,
  columns,
  rows,
  theme,
  tell = (feed) => feed,
  stillMs = Number.POSITIVE_INFINITY,
}: FilmWish): Film {
  const reel = threaded(tape, tell);
  const expectations = new Expectations();
  const frames: { atMs: number; text: string }[] = [{ atMs: 0, text: '\x1b[?25l\x1b[2J' }];
  let shown: readonly string[] = [];
  let still: readonly string[] = [];
  const stepMs = reel.lengthMs > shortMs ? frameMs.long : frameMs.short;
  const lastMs = Math.ceil(reel.lengthMs / stepMs + 1) * stepMs;
  for (let atMs = 0; atMs <= lastMs; atMs += stepMs) {
    reel.advance(atMs);
    const { scene, doing, view } = reel.store;
    if (scene.timeline.open === null && atMs % calmMs !== 0 && atMs !== lastMs) continue;
    const composition = compose({
      ...{ scene, doing, view, title, columns, rows, expectations },
      plan: reel.feed.plan(),
      nowMs: atMs,
      waitingFor: texts().awaited.masters,
      explain: (step) => reel.feed.explanation(step),
      playback: null,
      book: (key) => reel.store.book(key),
    });
    const lines = linesOf(composition);
    if (atMs <= stillMs || still.length === 0)
      still = lines.map((each) => each.map(({ text }) => text).join(''));
    const drawn = lines.map((each) => styled(each, theme));
    const text = drawn.map((row, at) => (row === shown[at] ? '' : `\x1b[${at + 1};1H${row}\x1b[K`)).join('');
    if (text !== '') frames.push({ atMs, text });
    shown = drawn;
  }
  reel.store.close();
  return { columns, rows, frames, lengthMs: reel.lengthMs, still };
}

/** The tape in a store, shown up to where it was advanced. */
function threaded(tape: readonly Observation[], tell: (feed: LabFeed) => LabFeed) {
  const listeners: ((observation: Observation) => void)[] = [];
  let nowMs = 0;
  let next = 0;
  const shownAt = (one: Observation) => (one.kind === 'log' ? one.arrivedMs : one.atMs);
  const feed = tell({
    plan: () => null,
    explanation: () => null,
    intend: () => {},
    nowMs: () => nowMs,
    subscribe(hears) {
      listeners.push(hears);
      return () => {};
    },
  });
  const store = new Store(feed);
  return {
    ...{ feed, store },
    lengthMs: tape.reduce((longest, one) => Math.max(longest, shownAt(one)), 0),
    advance(ms: number) {
      nowMs = ms;
      for (let one = tape[next]; one && shownAt(one) <= ms; one = tape[next]) {
        for (const listener of listeners) listener(one);
        next += 1;
      }
    },
  };
}

/** The frame's lines from the first to the last. */
function linesOf({ layout, top, text, panes, panel, bottom }: Composition): readonly Line[] {
  const height = layout.height - top.length - bottom.length;
  const logs = layout.panesBeside ? beside(panes, layout.panes) : below(panes, layout.panes);
  const body = panel ?? (layout.text.height === 0 ? logs : withText({ layout, text }, logs));
  return [...top, ...Array.from({ length: height }, (_, at) => body[at] ?? []), ...bottom];
}

/** A lab's text beside its logs or over them; alone where there is no room for them. */
function withText({ layout, text }: Pick<Composition, 'layout' | 'text'>, logs: readonly Line[]) {
  if (logs.length === 0) return text;
  if (layout.beside) {
    const [{ width } = { width: 0 }] = layout.panes;
    const size = { width, height: layout.text.height };
    return beside([text, logs], [layout.text, size]);
  }
  const size = { width: layout.width, height: logs.length };
  return below([text, logs], [layout.text, size]);
}

function beside(columns: readonly (readonly Line[])[], sizes: readonly Size[]): readonly Line[] {
  const height = Math.max(0, ...sizes.map((size) => size.height));
  return Array.from({ length: height }, (_, at) =>
    columns.flatMap((lines, index) => [
      ...(index > 0 ? [span('│', 'rule')] : []),
      ...fitLine(lines[at] ?? [], sizes[index]?.width ?? 0),
    ]),
  );
}

function below(rows: readonly (readonly Line[])[], sizes: readonly Size[]): readonly Line[] {
  return rows.flatMap((lines, index) => {
    const { width = 0, height = 0 } = sizes[index] ?? {};
    return [
      ...(index > 0 ? [line(span('─'.repeat(width), 'rule'))] : []),
      ...Array.from({ length: height }, (_, at) => lines[at] ?? []),
    ];
  });
}

const colours: Readonly<Record<string, number>> = {
  red: 31,
  green: 32,
  yellow: 33,
  blue: 34,
  magenta: 35,
  cyan: 36,
  gray: 90,
  redBright: 91,
};

/** Not Node's own styling, which looks at this process's terminal: a film is for another one. */
function styled(each: Line, { looks, spell }: Theme): string {
  return each.map(({ text, tone }) => coloured(spell(text), looks[tone])).join('');
}

function coloured(text: string, { color, bold, dimColor, inverse }: Looks): string {
  const codes = [
    ...(color === undefined ? [] : [colours[color] ?? 39]),
    ...(bold ? [1] : []),
    ...(dimColor ? [2] : []),
    ...(inverse ? [7] : []),
  ];
  return codes.length === 0 ? text : `\x1b[${codes.join(';')}m${text}\x1b[0m`;
}
