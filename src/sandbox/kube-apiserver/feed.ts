// One watch on the store for all watchers of this API server, and a window of what happened lately.
import { setTimeout as wait } from 'node:timers/promises';
import type { KubeObject } from './object.ts';
import { expired, Refusal, storeDown } from './refusal.ts';
import type { Store, StoreEvent } from './store.ts';
import { decodeObject } from './stored.ts';

export interface Happening {
  readonly revision: number;
  readonly key: string;
  /** As it is now; undefined when deleted. */
  readonly now: KubeObject | undefined;
  readonly before: KubeObject | undefined;
}

export interface Watcher {
  readonly happened: (happening: Happening) => void;
  /** The view was lost: whoever watches must list again. */
  readonly lost: (why: Refusal) => void;
}

/** How many events a watcher may be behind before it has to list again. */
const windowSize = 1024;
const retryMs = 200;
/** Before the stream stood for the first time: the store may be starting beside this process. */
const firstRetryMs = 25;

export class Feed {
  readonly #store: Store;
  readonly #watchers = new Set<Watcher>();
  #window: Happening[] = [];
  /** Everything after this revision is in the window. */
  #since = 0;
  #revision = 0;
  #standing = false;
  #stood: () => void = () => undefined;
  readonly #first = new Promise<void>((resolve) => {
    this.#stood = resolve;
  });

  constructor(store: Store) {
    this.#store = store;
  }

  /** The last revision seen. */
  get revision(): number {
    return this.#revision;
  }

  /** Whether the store's stream stands. */
  get standing(): boolean {
    return this.#standing;
  }

  /** Settles when the store's stream stands for the first time. */
  stands(): Promise<void> {
    return this.#first;
  }

  /** Follows the store until the signal aborts; comes back by itself when the store does. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.#follow(signal);
      } catch (error) {
        if (signal.aborted) return;
        if (error instanceof Refusal && error.code === 410) this.#reset(0);
      }
      this.#standing = false;
      await wait(this.#revision === 0 ? firstRetryMs : retryMs, undefined, { signal }).catch(() => undefined);
    }
  }

  async #follow(signal: AbortSignal): Promise<void> {
    await this.#store.follow({
      prefix: '/registry/',
      from: this.#revision === 0 ? 0 : this.#revision + 1,
      signal,
      onStart: (revision) => {
        // A store behind what was seen has lost its past: nothing here is true any more.
        if (this.#revision === 0 || revision < this.#revision) this.#reset(revision);
        this.#standing = true;
        this.#stood();
      },
      onEvents: (events, revision) => {
        for (const event of events) this.#take(event);
        this.#revision = Math.max(this.#revision, revision);
      },
    });
  }

  /** Tells `watcher` what happened after `revision`, then what happens. Returns what ends it. @throws Refusal 410 */
  watch(revision: number, watcher: Watcher): () => void {
    if (this.#revision === 0) throw storeDown('the watch on the store does not stand yet');
    if (revision < this.#since) {
      throw expired(`too old resource version: ${revision} (${this.#since})`);
    }
    for (const happening of this.#window) if (happening.revision > revision) watcher.happened(happening);
    const guarded: Watcher = {
      lost: watcher.lost,
      happened: (happening) => {
        if (happening.revision > revision) watcher.happened(happening);
      },
    };
    this.#watchers.add(guarded);
    return () => this.#watchers.delete(guarded);
  }

  #take({ revision, key, value, before }: StoreEvent): void {
    const happening = {
      revision,
      key,
      now: value === undefined ? undefined : decodeObject(value, revision),
      before: before === undefined ? undefined : decodeObject(before, revision),
    };
    this.#window.push(happening);
    if (this.#window.length > windowSize) {
      const dropped = this.#window.splice(0, windowSize / 2);
      this.#since = dropped.at(-1)?.revision ?? this.#since;
    }
    for (const watcher of this.#watchers) watcher.happened(happening);
  }

  #reset(revision: number): void {
    const watchers = [...this.#watchers];
    this.#watchers.clear();
    this.#window = [];
    this.#since = revision;
    this.#revision = revision;
    for (const watcher of watchers) watcher.lost(expired('too old resource version'));
  }
}
