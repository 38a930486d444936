// When a replay shows what, and the places in it that people jump to: marks and handovers.
import type { Observation } from '../model/observation.ts';
import type { RunMs } from '../model/time.ts';

/** Times are milliseconds of the run, each once, in order. */
export interface CuesFound {
  readonly lengthMs: number;
  readonly marks: readonly RunMs[];
  /** When a fault was issued; where none was, when a lock was taken. */
  readonly handovers: readonly RunMs[];
  /** When each step of a lab was entered first. */
  readonly steps: Readonly<Record<string, RunMs>>;
}

/** When an observation was there to be seen: a log line when it arrived, all else when it happened. */
export function shownAt(one: Observation): RunMs {
  return one.kind === 'log' ? one.arrivedMs : one.atMs;
}

const marked: readonly Observation['kind'][] = ['fault', 'leader', 'round', 'step'];

/** Gathers them while a recording is read. */
export class Cues {
  readonly #marks = new Set<RunMs>();
  readonly #faults = new Set<RunMs>();
  readonly #takeOvers = new Set<RunMs>();
  readonly #steps = new Map<string, RunMs>();
  #lengthMs = 0;

  see(one: Observation): void {
    const ms = shownAt(one);
    this.#lengthMs = Math.max(this.#lengthMs, ms);
    if (marked.includes(one.kind)) this.#marks.add(ms);
    if (one.kind === 'step' && one.phase === 'entered' && !this.#steps.has(one.step))
      this.#steps.set(one.step, ms);
    if (one.kind === 'fault' && one.phase === 'issued') this.#faults.add(ms);
    if (one.kind === 'log' && one.event?.is === 'acquired') this.#takeOvers.add(ms);
  }

  /** The latest of all moments so far. */
  get lengthMs(): RunMs {
    return this.#lengthMs;
  }

  get found(): CuesFound {
    const handovers = this.#faults.size > 0 ? this.#faults : this.#takeOvers;
    return {
      lengthMs: this.#lengthMs,
      marks: inOrder(this.#marks),
      handovers: inOrder(handovers),
      steps: Object.fromEntries(this.#steps),
    };
  }
}

function inOrder(times: ReadonlySet<RunMs>): readonly RunMs[] {
  return [...times].sort((a, b) => a - b);
}
