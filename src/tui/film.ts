// A recording as a film: what the screens would have shown, as texts with the moments at which a terminal gets them.
import type { LabFeed } from '../model/labplan.ts';
import type { Observation } from '../model/observation.ts';
import { type Composition, compose } from './compose.ts';
import { Expectations } from './expected.ts';
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
  stillMs = Number.POSITIVE_INFINITY,
}: FilmWish): Film {
  const reel = threaded(tape);
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
      plan: null,
      nowMs: atMs,
      waitingFor: texts().awaited.masters,
      explain: () => null,
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
function threaded(tape: readonly Observation[]) {
  let listener: (observation: Observation) => void = () => {};
  let next = 0;
  const shownAt = (one: Observation) => (one.kind === 'log' ? one.arrivedMs : one.atMs);
  const feed: LabFeed = {
    plan: () => null,
    explanation: () => null,
    intend: () => {},
    nowMs: () => 0,
    subscribe(hears) {
      listener = hears;
      return () => {};
    },
  };
  const store = new Store(feed);
  return {
    store,
    lengthMs: tape.reduce((longest, one) => Math.max(longest, shownAt(one)), 0),
    advance(ms: number) {
      for (let one = tape[next]; one && shownAt(one) <= ms; one = tape[next]) {
        listener(one);
        next += 1;
      }
    },
  };
}

/** The frame's lines from the first to the last. Without a lab there is no text beside the logs. */
function linesOf({ layout, top, panes, panel, bottom }: Composition): readonly Line[] {
  const height = layout.height - top.length - bottom.length;
  const body = panel ?? (layout.panesBeside ? beside(panes, layout) : below(panes, layout));
  return [...top, ...Array.from({ length: height }, (_, at) => body[at] ?? []), ...bottom];
}

function beside(panes: Composition['panes'], { panes: sizes }: Composition['layout']): readonly Line[] {
  const height = Math.max(0, ...sizes.map((size) => size.height));
  return Array.from({ length: height }, (_, at) =>
    panes.flatMap((lines, index) => [
      ...(index > 0 ? [span('│', 'rule')] : []),
      ...fitLine(lines[at] ?? [], sizes[index]?.width ?? 0),
    ]),
  );
}

function below(panes: Composition['panes'], { panes: sizes, width }: Composition['layout']): readonly Line[] {
  return panes.flatMap((lines, index) => [
    ...(index > 0 ? [line(span('─'.repeat(width), 'rule'))] : []),
    ...Array.from({ length: sizes[index]?.height ?? 0 }, (_, at) => lines[at] ?? []),
  ]);
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
