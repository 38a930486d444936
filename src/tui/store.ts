// Between the feed and the screens: folds the stream, keeps the logs, and says at most a few times a second that it changed.
import type { LabFeed, Standpoint } from '../model/labplan.ts';
import type { Observation } from '../model/observation.ts';
import type { Scene } from '../model/scene.ts';
import { SceneFold } from '../model/scenefold.ts';
import { type Doing, nothingDone, seeDoing } from './doing.ts';
import { LogBook } from './logbook.ts';
import { bookKey, firstView, type View } from './view.ts';

export class Store {
  readonly feed: LabFeed;
  doing: Doing = nothingDone;
  view: View = firstView;
  #fold = new SceneFold();
  #books = new Map<string, LogBook>();
  #listeners = new Set<() => void>();
  #timer: NodeJS.Timeout | null = null;
  #toldAt = 0;
  #stop: () => void;
  readonly #intervalMs: number;

  /** `intervalMs`: least time between two tellings, however fast observations come. */
  constructor(feed: LabFeed, intervalMs = 80) {
    this.feed = feed;
    this.#intervalMs = intervalMs;
    this.#stop = feed.subscribe(
      (observation) => this.#see(observation),
      (from) => this.#resume(from),
    );
  }

  get scene(): Scene {
    return this.#fold.scene;
  }

  book(key: string): LogBook {
    const known = this.#books.get(key);
    if (known) return known;
    const book = new LogBook();
    this.#books.set(key, book);
    return book;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  look(view: View): void {
    this.view = view;
    this.#tell();
  }

  close(): void {
    this.#stop();
    if (this.#timer) clearTimeout(this.#timer);
    this.#listeners.clear();
  }

  #see(o: Observation): void {
    // A replay that goes back begins anew.
    if (o.kind === 'run' && this.scene.run) this.#forget();
    this.#fold.see(o);
    this.doing = seeDoing(this.doing, o);
    if (o.host !== null && (o.kind === 'log' || o.kind === 'gap')) {
      const { atMs } = o;
      const text = o.kind === 'log' ? o.line : o.reason;
      this.book(bookKey(o.host, o.component)).add({ atMs, text, event: o.kind === 'log' ? o.event : 'gap' });
    }
    this.#soon();
  }

  /** Lines before are counted and not shown: those told next fill the screen. */
  #resume({ scene, seq }: Standpoint): void {
    this.#forget();
    this.#fold = new SceneFold(scene);
    this.doing = { ...nothingDone, seq };
    for (const { name, logs } of Object.values(scene.masters))
      for (const [component, { lines }] of Object.entries(logs))
        this.#books.set(bookKey(name, component), new LogBook({ before: lines }));
    this.#soon();
  }

  #forget(): void {
    this.#fold = new SceneFold();
    this.doing = nothingDone;
    this.#books = new Map();
    this.view = { ...this.view, held: {}, asked: {}, dismissed: -1 };
  }

  #soon(): void {
    if (this.#timer) return;
    const wait = Math.max(0, this.#intervalMs - (performance.now() - this.#toldAt));
    this.#timer = setTimeout(() => this.#tell(), wait);
  }

  #tell(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#toldAt = performance.now();
    for (const listener of this.#listeners) listener();
  }
}
