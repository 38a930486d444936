// What happened around one lock, in order: what candidates said, and what was done to them.

/** Whose elector a candidate runs: client-go's is `theirs`. */
export type Side = 'ours' | 'theirs';

export interface Happening {
  /** CLOCK_MONOTONIC in microseconds: one clock for all processes of this machine. */
  readonly atUs: number;
  readonly who: string;
  readonly side: Side;
  readonly is: Said | Done;
  /** Of `observed`: the leader that was seen. */
  readonly holder?: string;
}

export type Said = 'attempting' | 'acquired' | 'stopped' | 'observed' | 'exit';
export type Done = 'killed' | 'told' | 'frozen' | 'woken';

/** Now, on the clock that the candidates' lines are in. */
export function monotonicUs(): number {
  return Number(process.hrtime.bigint() / 1000n);
}
