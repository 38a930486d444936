// One check: a question asked of a master or the cluster, its answer in a sentence, and how long it took.
import { KhaError } from '../../model/failure.ts';
import type { Clock } from '../../model/time.ts';

export interface CheckResult {
  readonly id: string;
  readonly title: string;
  readonly ok: boolean;
  /** What was found; for a failed check also what was expected and what to do. */
  readonly detail: string;
  /** What was run to find out, as it would be typed there; null when it was no command. */
  readonly command: string | null;
  readonly ms: number;
  /** Set where the check failed because something could not be reached: exit 4 instead of 1. */
  readonly unreachable?: true;
}

export interface Answer {
  readonly ok: boolean;
  readonly detail: string;
}

export interface Question {
  readonly id: string;
  readonly title: string;
  readonly command?: string;
  readonly ask: () => Promise<Answer>;
}

/** Asks, and turns a failure that a person can act on into a failed check. */
export async function examine({ id, title, command, ask }: Question, clock: Clock): Promise<CheckResult> {
  const before = clock();
  const shared = { id, title, command: command ?? null };
  try {
    const { ok, detail } = await ask();
    return { ...shared, ok, detail, ms: round(clock() - before) };
  } catch (error) {
    if (!(error instanceof KhaError)) throw error;
    const unreachable = error.exit === 4 ? ({ unreachable: true } as const) : {};
    return {
      ...shared,
      ok: false,
      detail: `${error.message} ${error.tryThis}`,
      ms: round(clock() - before),
      ...unreachable,
    };
  }
}

export const good = (detail: string): Answer => ({ ok: true, detail });
export const bad = (detail: string): Answer => ({ ok: false, detail });

function round(ms: number): number {
  return Math.round(ms * 10) / 10;
}
