// What a person has chosen to look at: nothing in here comes from the stream.
import type { LogBook } from './logbook.ts';

export type Panel = 'help' | 'commands' | 'logs' | 'timeline' | 'steps';

/** How much of a log is shown: what concerns the election, every line in short, every line as written. */
export type Detail = 'election' | 'all' | 'raw';

/** A log pane that stands still: the book as it was, and the number of the lowest line shown. */
export interface Held {
  readonly book: LogBook;
  readonly bottom: number;
}

export interface View {
  readonly panel: Panel | null;
  /** Text being typed for the filter; null when nothing is typed. */
  readonly typing: string | null;
  /** Cursor in the guess's choices; null when not choosing. */
  readonly choosing: number | null;
  /** 0 is the step's text, 1 and up are logs. */
  readonly focus: number;
  readonly zoomed: boolean;
  readonly filter: string;
  /** What is looked for in the help. */
  readonly sought: string;
  readonly detail: Detail;
  /** By `master component`. */
  readonly held: Readonly<Record<string, Held>>;
  /** Component whose logs are shown when no step says it. */
  readonly component: string | null;
  /** Lines the step's text is scrolled down, by step. */
  readonly textTop: Readonly<Record<string, number>>;
  /** Cursor of the open panel's list. */
  readonly cursor: number;
  /** Hints opened, by step. */
  readonly hints: Readonly<Record<string, number>>;
  /** Sequence number at which an action was asked for, by `step action`. */
  readonly asked: Readonly<Record<string, number>>;
  /** When that was, on the run's clock. */
  readonly askedAtMs: Readonly<Record<string, number>>;
  /** Problems up to this sequence number were put away. */
  readonly dismissed: number;
  /** One sentence about the last key, until the next one. */
  readonly notice: string | null;
  /** Since when (run's clock) leaving is under way, and whether it was asked for twice. */
  readonly leaving: { readonly sinceMs: number; readonly hurried: boolean } | null;
}

export const firstView: View = {
  panel: null,
  typing: null,
  choosing: null,
  focus: 0,
  zoomed: false,
  filter: '',
  sought: '',
  detail: 'election',
  held: {},
  component: null,
  textTop: {},
  cursor: 0,
  hints: {},
  asked: {},
  askedAtMs: {},
  dismissed: -1,
  notice: null,
  leaving: null,
};

export function bookKey(master: string, component: string): string {
  return `${master} ${component}`;
}
