// What a master's units and its service manager said, with microsecond times: a bounded ring that can be followed.
import { EventEmitter } from 'node:events';
import { type MasterClock, masterClock } from '../clock/clock.ts';

export interface JournalEntry {
  /** Counts from 1 and never repeats within a journal. */
  readonly seq: number;
  /** Microseconds since the epoch, by the master's clock. */
  readonly realtimeUs: number;
  /** Microseconds since the master's counter began. */
  readonly monotonicUs: number;
  /** The unit whose process spoke; `init.scope` for the service manager itself. */
  readonly unit: string;
  /** The unit the service manager speaks about. */
  readonly about?: string;
  readonly pid: number;
  readonly identifier: string;
  /** Syslog level: 6 information, 5 notice, 4 warning. */
  readonly priority: number;
  readonly message: string;
}

export type JournalFacts = Omit<JournalEntry, 'seq' | 'realtimeUs' | 'monotonicUs'>;

/** Entries crowd less than this. */
const setBackUs = 50_000;

export class Journal {
  readonly #kept: JournalEntry[] = [];
  readonly #news = new EventEmitter().setMaxListeners(0);
  readonly #clock: MasterClock;
  readonly #limit: number;
  #seq = 0;
  #lastUs = 0;

  /** Keeps the newest `limit` entries. */
  constructor(clock: MasterClock = masterClock(null), limit = 20_000) {
    this.#clock = clock;
    this.#limit = limit;
  }

  write(facts: JournalFacts): void {
    // Entries of one moment stay in the order they came in, also by their times.
    const realtimeUs = this.#next(Math.round(this.#clock.wallMs() * 1000));
    this.#lastUs = realtimeUs;
    this.#seq += 1;
    const monotonicUs = this.#clock.monotonicUs();
    const entry = { seq: this.#seq, realtimeUs, monotonicUs, ...facts };
    this.#kept.push(entry);
    // Cut seldom and much: cutting one at a time would move the whole ring for every line.
    if (this.#kept.length > this.#limit * 1.25) this.#kept.splice(0, this.#kept.length - this.#limit);
    this.#news.emit('entry', entry);
  }

  // Of one moment each has a time of its own; a clock that was set back is believed.
  #next(nowUs: number): number {
    const setBack = nowUs < this.#lastUs - setBackUs;
    return setBack ? nowUs : Math.max(nowUs, this.#lastUs + 1);
  }

  entries(): readonly JournalEntry[] {
    return this.#kept;
  }

  /** Calls `listener` for each later entry until the returned function is called. */
  follow(listener: (entry: JournalEntry) => void): () => void {
    this.#news.on('entry', listener);
    return () => this.#news.off('entry', listener);
  }
}
