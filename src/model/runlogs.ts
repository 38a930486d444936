// Lines of followed logs kept for reading later, by corrected time: what matters first, and no more than a page can hold.
import type { Observation } from './observation.ts';
import type { RunMs } from './time.ts';

export interface LogKept {
  /** Written time on the observer's clock. */
  readonly atMs: RunMs;
  readonly errorMs: number;
  /** The master; null for what the run itself did. */
  readonly host: string | null;
  readonly component: string;
  readonly line: string;
  /** Whether it bears on who leads. */
  readonly weighty: boolean;
}

/** Said again and again while nothing changes. */
const routine: readonly string[] = ['request', 'renewed', 'held', 'notAcquired'];

export class LogShelf {
  readonly #most: number;
  readonly #weighty: LogKept[] = [];
  readonly #others: LogKept[] = [];
  #seen = 0;

  /** @param most how many lines of either weight to keep; 0 keeps none */
  constructor(most: number) {
    this.#most = most;
  }

  see(o: Observation): void {
    const kept = keptOf(o);
    if (kept === null) return;
    this.#seen += 1;
    const shelf = kept.weighty ? this.#weighty : this.#others;
    if (shelf.length < this.#most) shelf.push(kept);
  }

  /** By corrected time. */
  get lines(): readonly LogKept[] {
    return [...this.#weighty, ...this.#others].sort((a, b) => a.atMs - b.atMs);
  }

  get leftOut(): number {
    return this.#seen - this.#weighty.length - this.#others.length;
  }
}

function keptOf(o: Observation): LogKept | null {
  const { atMs, errorMs, host } = o;
  if (o.kind === 'log') {
    const weighty = o.event !== null && !routine.includes(o.event.is);
    return { atMs, errorMs, host, component: o.component, line: o.line, weighty };
  }
  const said = (line: string): LogKept => ({
    atMs,
    errorMs,
    host,
    component: 'kha-lab',
    line,
    weighty: true,
  });
  if (o.kind === 'command' && o.phase === 'ran') return said(`ran: ${o.text}`);
  if (o.kind === 'fault') return said(`${o.fault} of ${o.component}: ${o.phase}`);
  if (o.kind === 'leader') return said(`lock of ${o.component}: held by ${o.holder ?? 'nobody'}`);
  if (o.kind === 'problem') return said(`problem: ${o.message}`);
  return null;
}
