// Many tests at once: which of them reject, so that chance alone makes any do so as rarely as one test would.

/** Less often than this chance alone may give what is called a contradiction. */
export const alpha = 0.001;

export interface Judged {
  /** Holm's adjusted p, 0..1: below alpha it rejects, however many were asked. */
  readonly adjusted: number;
  readonly rejected: boolean;
}

/** Holm's step-down correction; answers in the order of the questions. */
export function holm(ps: readonly number[], level = alpha): readonly Judged[] {
  const order = ps.map((p, at) => ({ p, at })).sort((one, other) => one.p - other.p);
  const judged = new Array<Judged>(ps.length);
  let adjusted = 0;
  for (const [rank, { p, at }] of order.entries()) {
    adjusted = Math.max(adjusted, Math.min(1, p * (ps.length - rank)));
    judged[at] = { adjusted, rejected: adjusted <= level };
  }
  return judged;
}
