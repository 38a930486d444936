// Walks a lab without a person: does each step's actions, guesses, waits for its checks with a deadline.
import { solutionRun } from './aside.ts';
import type { LabEngine } from './engine.ts';
import type { CheckState } from './examine.ts';
import type { Solution, Step } from './format.ts';

export interface StepResult {
  readonly step: string;
  readonly title: string;
  /** `skipped`: a step that only looks, whose checks did not all pass. */
  readonly verdict: 'passed' | 'skipped' | 'failed';
  /** What was still missing at the deadline, in words. */
  readonly missing: readonly string[];
  readonly tookMs: number;
  /** The guess made; null where none was asked for. */
  readonly guess: string | null;
  /** Every check as it stood at the step's end. */
  readonly checks: readonly CheckState[];
}

export interface LabResult {
  /** No step failed. */
  readonly ok: boolean;
  readonly steps: readonly StepResult[];
}

export interface Unattended {
  /** Overrides every step's own deadline, milliseconds. */
  readonly deadlineMs?: number;
  /** Which choice to make; the last one when left out. */
  readonly guess?: (step: Step) => string | undefined;
  readonly signal?: AbortSignal;
  readonly onStep?: (result: StepResult) => void;
}

/** From the open step to the last. Ends at the first step that failed, for the next ones build on it. */
export async function runUnattended(engine: LabEngine, options: Unattended = {}): Promise<LabResult> {
  const steps: StepResult[] = [];
  for (;;) {
    const step = engine.step();
    const result = await walk(step, engine, options);
    steps.push(result);
    options.onStep?.(result);
    if (result.verdict === 'failed') return { ok: false, steps };
    engine.intend({ want: 'next' });
    if (engine.step() === step) return { ok: true, steps };
  }
}

/** The open step: guessed, solved, and waited for. */
export async function walk(step: Step, engine: LabEngine, options: Unattended): Promise<StepResult> {
  const startedMs = engine.nowMs();
  const failuresBefore = engine.failures();
  // A step that must pass is given its whole time after each thing done; one that may be skipped, once for all.
  const left = () => {
    const whole = deadline(step, options);
    return step.skip ? Math.max(inVainMs, whole - (engine.nowMs() - startedMs)) : whole;
  };
  const choice = options.guess?.(step) ?? step.guess?.choices.at(-1)?.text;
  if (choice !== undefined) engine.intend({ want: 'guess', choice });
  for (const one of solutionOf(step)) {
    if (options.signal?.aborted) break;
    // An interruption does not wait for the handover: whoever closes the engine waits for the way back.
    await unlessAborted(solve(one, engine, { ...options, deadlineMs: left() }), options.signal);
    // What came of it is recorded, and told, with the rest of its turn.
    await new Promise((resolve) => setImmediate(resolve));
  }
  await until(() => engine.missing().length === 0, engine, {
    ...options,
    deadlineMs: step.skip && engine.failures() > failuresBefore ? inVainMs : left(),
  });
  const missing = engine.missing();
  const verdict =
    missing.length === 0 ? 'passed' : step.skip && !options.signal?.aborted ? 'skipped' : 'failed';
  return {
    step: step.id,
    title: step.title,
    verdict,
    missing,
    tookMs: engine.nowMs() - startedMs,
    guess: choice ?? null,
    checks: engine.checks(),
  };
}

/** What could not be done brings no check to pass: a step that may be skipped is not waited for much longer. */
const inVainMs = 3_000;

/** What is done in a step: what it says, or else every action in its order. */
export function solutionOf({ solve, actions }: Step): readonly Solution[] {
  return solve ?? actions.map(({ id }) => ({ do: id, on: 'first', sudo: false }));
}

async function solve(one: Solution, engine: LabEngine, options: Unattended): Promise<void> {
  const step = engine.step();
  const limits = { ...options, deadlineMs: deadline(step, options) };
  if (one.do !== undefined) {
    // A command for the leader can only be typed once it is known who leads.
    await until(() => planned(one.do, engine), engine, limits);
    engine.intend({ want: 'act', action: one.do });
    await engine.settled();
    return;
  }
  const run = solutionRun(one, step);
  await until(() => engine.aside({ run }).length > 0, engine, limits);
  await engine.type(engine.aside({ run }), 'solve');
}

function planned(action: string | undefined, engine: LabEngine): boolean {
  const step = engine.plan().steps.find(({ id }) => id === engine.step().id);
  return (step?.actions.find(({ id }) => id === action)?.commands.length ?? 0) > 0;
}

/** Settles with the work, or when aborted: then the work goes on unwatched. */
async function unlessAborted(work: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  if (signal?.aborted) return;
  let end: () => void = () => {};
  const aborted = new Promise<void>((resolve) => {
    end = resolve;
  });
  signal?.addEventListener('abort', end, { once: true });
  await Promise.race([work, aborted]).finally(() => signal?.removeEventListener('abort', end));
}

/** How long a step may take, milliseconds. */
export function deadline(step: Step, { deadlineMs }: Unattended): number {
  return deadlineMs ?? step.waitSeconds * 1000;
}

/** Settles when it holds, at the deadline, or when aborted. Looks again whenever something was observed. */
export function until(
  holds: () => boolean,
  engine: LabEngine,
  { deadlineMs, signal }: { readonly deadlineMs: number; readonly signal?: AbortSignal },
): Promise<void> {
  return new Promise((resolve) => {
    let over = false;
    let stop: (() => void) | null = null;
    const end = (): void => {
      over = true;
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      stop?.();
      resolve();
    };
    const timer = setTimeout(end, deadlineMs);
    signal?.addEventListener('abort', end);
    // A subscription may replay the whole stream at once: look only when the burst is over.
    let due = false;
    const look = (): void => {
      if (over || due) return;
      due = true;
      queueMicrotask(() => {
        due = false;
        if (!over && (holds() || signal?.aborted)) end();
      });
    };
    stop = engine.subscribe(look);
    look();
  });
}
