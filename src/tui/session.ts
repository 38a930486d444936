// One visit to the screens: keys to effects, sizes to mounts, and the one way out.
import type { ReadStream } from 'node:tty';
import type { LabFeed } from '../model/labplan.ts';
import { type Background, backgroundQuery } from './background.ts';
import { Canvas } from './canvas.ts';
import { clipboardCode } from './clipboard.ts';
import { compose, type Subject } from './compose.ts';
import type { Effect, PlaybackMove } from './effect.ts';
import { Expectations } from './expected.ts';
import { type InputMemory, type KeyPress, nothingRead } from './input.ts';
import { keepCommands } from './keepfile.ts';
import type { Mounting } from './mount.tsx';
import { Store } from './store.ts';
import { type ScreenStream, Terminal } from './terminal.ts';
import type { Theme } from './theme.ts';
import { tickFor } from './tick.ts';
import { pressed } from './update.ts';
import { texts } from './words/words.ts';

/** Why the screens end. `hurry` comes while `leave` already runs: stop waiting for niceties, not for the putting back. */
export type LeaveReason =
  | 'quit'
  | 'interrupt'
  | 'hurry'
  | 'SIGINT'
  | 'SIGTERM'
  | 'SIGHUP'
  | 'crash'
  | 'closed';

export interface SessionOptions {
  readonly feed: LabFeed;
  readonly stdin: ReadStream;
  readonly stdout: ScreenStream;
  readonly title: string;
  readonly theme: Theme;
  /** The theme for another background than was taken for granted. */
  readonly themeOn: (background: Background) => Theme;
  /** Whether the terminal is asked what its background is. */
  readonly asksBackground?: boolean;
  /** Pictures change once a second at most, and stopwatches count whole seconds. */
  readonly reducedMotion?: boolean;
  readonly leave: (reason: LeaveReason) => Promise<void>;
  /** Aborted when the run itself has come to an end that nobody needs to look at: leaves as `quit` does. */
  readonly closing?: AbortSignal;
  readonly mountScreens: (mounting: Mounting) => () => void;
  /** Appended text instead of screens. */
  readonly linear?: boolean;
  readonly onRender?: (metrics: { renderTime: number }) => void;
}

/** Between two pictures where motion is reduced, milliseconds. */
const calmMs = 1000;

/** How far each key seeks in a recorded run of some length, milliseconds. */
const seekMs = {
  earlier: () => -5_000,
  later: () => 5_000,
  muchEarlier: () => -60_000,
  muchLater: () => 60_000,
  tenthEarlier: (lengthMs: number) => -lengthMs / 10,
  tenthLater: (lengthMs: number) => lengthMs / 10,
} as const;

export class Session {
  readonly ended: Promise<{ reason: LeaveReason }>;
  readonly #options: SessionOptions;
  readonly #store: Store;
  readonly #terminal: Terminal;
  readonly #expectations = new Expectations();
  readonly #memory: InputMemory = { ...nothingRead };
  #theme: Theme;
  #canvas: Canvas;
  #unmount: (() => void) | null = null;
  #resizing: NodeJS.Timeout | null = null;
  #leaving = false;
  /** Settles once everything is put back; null before anybody wanted to leave. */
  #left: Promise<void> | null = null;
  #resolve: (ended: { reason: LeaveReason }) => void = () => {};
  #reject: (error: unknown) => void = () => {};

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#theme = options.theme;
    this.#store = options.reducedMotion ? new Store(options.feed, calmMs) : new Store(options.feed);
    this.#canvas = new Canvas(options.stdout);
    this.ended = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.#terminal = new Terminal({
      stdin: options.stdin,
      stdout: options.stdout,
      onSignal: (signal) => this.#leave(signal),
      onCrash: (error) => this.#crash(error),
      onStopAsked: () => this.#stop(),
      onContinued: () => this.#drawAnew(),
      onResized: () => this.#resized(),
      linear: options.linear ?? false,
    });
  }

  start(): void {
    const { closing, asksBackground } = this.#options;
    this.#terminal.open();
    this.#memory.asked = asksBackground ?? false;
    if (asksBackground) this.#terminal.write(backgroundQuery);
    this.#mount();
    if (closing?.aborted) this.#leave('quit');
    else closing?.addEventListener('abort', () => !this.#leaving && this.#leave('quit'), { once: true });
  }

  #subject = (): Subject => {
    const { feed, title } = this.#options;
    const { scene, doing, view } = this.#store;
    return {
      ...{ scene, doing, view, title },
      columns: this.#canvas.columns,
      rows: this.#canvas.rows,
      plan: feed.plan(),
      nowMs: feed.nowMs(),
      waitingFor: feed.waitingFor ?? texts().awaited.masters,
      opening: feed.opening?.() ?? false,
      calm: this.#options.reducedMotion ?? false,
      recorded: feed.recorded !== false,
      explain: (step) => feed.explanation(step),
      playback: feed.playback ?? null,
      book: (key) => this.#store.book(key),
      expectations: this.#expectations,
    };
  };

  #press = (press: KeyPress): void => {
    const subject = this.#subject();
    const heights = () => compose(subject).heights;
    const { view, effects } = pressed({ ...subject, heights, playback: subject.playback !== null }, press);
    this.#store.look(view);
    for (const effect of effects) this.#do(effect);
  };

  #do(effect: Effect): void {
    switch (effect.sort) {
      case 'intend':
        this.#options.feed.intend(effect.intent);
        break;
      case 'copy':
        this.#terminal.write(clipboardCode(effect.text));
        break;
      case 'keep':
        this.#store.look({ ...this.#store.view, notice: keepCommands(effect.text) });
        break;
      case 'playback':
        this.#play(effect.move);
        break;
      case 'leave':
        this.#leave(effect.how);
        break;
      case 'background':
        this.#recolour(effect.background);
        break;
      case 'suspend':
        this.#stop();
        break;
      case 'redraw':
        this.#drawAnew();
        break;
    }
  }

  #recolour(background: Background | null): void {
    const other = this.#theme.background === 'light' ? 'dark' : 'light';
    if (background === this.#theme.background) return;
    this.#theme = this.#options.themeOn(background ?? other);
    this.#drawAnew();
  }

  #play(move: PlaybackMove): void {
    const { playback } = this.#options.feed;
    if (!playback) return;
    if (move in seekMs) {
      const target = playback.positionMs + seekMs[move as keyof typeof seekMs](playback.lengthMs);
      playback.seek(Math.max(0, Math.min(playback.lengthMs, target)));
    } else playback[move as Exclude<PlaybackMove, keyof typeof seekMs>]();
    this.#store.look(this.#store.view);
  }

  #mount(): void {
    const { stdin, mountScreens, reducedMotion, onRender } = this.#options;
    this.#canvas = new Canvas(this.#options.stdout);
    this.#unmount = mountScreens({
      ...{ stdin, theme: this.#theme, store: this.#store, canvas: this.#canvas, memory: this.#memory },
      subject: this.#subject,
      press: this.#press,
      onFailure: (error) => this.#crash(error),
      tickMs: () =>
        tickFor(this.#store.scene, this.#store.view, {
          playing: this.#options.feed.playback?.playing ?? null,
          calm: reducedMotion ?? false,
        }),
      ...(onRender ? { onRender } : {}),
    });
  }

  #takeDown(): void {
    this.#canvas.silence();
    this.#unmount?.();
    this.#unmount = null;
  }

  #drawAnew(): void {
    if (!this.#unmount) return;
    this.#takeDown();
    this.#terminal.enter();
    this.#mount();
  }

  /** Waits for the dragging to end; until then nothing is drawn at the old size. */
  #resized(): void {
    const { columns, rows } = this.#options.stdout;
    if (this.#options.linear) return;
    if (columns === this.#canvas.columns && rows === this.#canvas.rows && !this.#resizing) return;
    this.#canvas.silence();
    if (this.#resizing) clearTimeout(this.#resizing);
    this.#resizing = setTimeout(() => {
      this.#resizing = null;
      this.#drawAnew();
    }, 50);
  }

  #stop(): void {
    if (!this.#unmount) return;
    this.#takeDown();
    this.#terminal.stop(() => this.#mount());
  }

  #leave(reason: LeaveReason): void {
    const { view, feed } = { view: this.#store.view, feed: this.#options.feed };
    const hurried = this.#leaving;
    this.#store.look({
      ...view,
      panel: null,
      leaving: { sinceMs: view.leaving?.sinceMs ?? feed.nowMs(), hurried },
    });
    if (hurried) {
      this.#options.leave('hurry').catch(() => {});
      return;
    }
    this.#leaving = true;
    if (reason === 'SIGHUP') this.#canvas.silence();
    this.#left = this.#options.leave(reason);
    this.#left.then(
      () => this.#end(() => this.#resolve({ reason })),
      (error) => this.#end(() => this.#reject(error)),
    );
  }

  /** The screens may be what is broken: they go first, then the masters are put back, then the error is told. */
  #crash(error: unknown): void {
    this.#takeDown();
    this.#terminal.restore();
    this.#terminal.write('kha-lab failed; putting everything back before it ends.\n');
    this.#leaving = true;
    this.#left ??= this.#options.leave('crash');
    const done = () => this.#end(() => this.#reject(error));
    this.#left.then(done, done);
  }

  #end(settle: () => void): void {
    if (this.#resizing) clearTimeout(this.#resizing);
    this.#takeDown();
    this.#terminal.close();
    this.#store.close();
    settle();
  }
}
