// A timer that starts a service once, some time after it was started itself: what `systemd-run --on-active` makes.
import type { MasterClock } from '../clock/clock.ts';
import { type Instant, instantBy } from './stamps.ts';

export class Timer {
  readonly name: string;
  readonly description: string;
  /** The service it starts. */
  readonly unit: string;
  readonly onActiveUs: number;
  readonly accuracyUs: number;
  readonly started: Instant;
  elapsed = false;
  readonly #clock: MasterClock;
  #timeout: NodeJS.Timeout | undefined;

  constructor(facts: {
    readonly name: string;
    readonly description: string;
    readonly unit: string;
    readonly onActiveUs: number;
    readonly accuracyUs: number;
    readonly clock: MasterClock;
  }) {
    this.name = facts.name;
    this.description = facts.description;
    this.unit = facts.unit;
    this.onActiveUs = facts.onActiveUs;
    this.accuracyUs = facts.accuracyUs;
    this.#clock = facts.clock;
    this.started = instantBy(facts.clock);
  }

  get nextMonotonicUs(): number {
    return this.started.monotonicUs + this.onActiveUs;
  }

  /** Calls `elapse` when the time has come, unless `stop` comes first. */
  start(elapse: () => void): void {
    this.#timeout = setTimeout(
      () => {
        this.elapsed = true;
        elapse();
      },
      this.#clock.trueMs(this.onActiveUs / 1000),
    );
  }

  stop(): void {
    clearTimeout(this.#timeout);
  }
}
