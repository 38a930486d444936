// Tries a lab as its writer should: every check is seen to fail before its step is solved, or under its break, and to pass after.
import { breakRun, type Typed } from './aside.ts';
import type { LabEngine } from './engine.ts';
import type { Breaking, Step } from './format.ts';
import { deadline, until, walk } from './unattended.ts';

export interface CheckTrial {
  readonly step: string;
  readonly id: string;
  readonly title: string;
  /** `before` its step was solved, `broken` by its break; null: never. */
  readonly seenToFail: 'before' | 'broken' | null;
  readonly seenToPass: boolean;
}

export interface Trial {
  readonly checks: readonly CheckTrial[];
  /** What is wrong, a sentence each without a full stop, with the step it is about. */
  readonly faults: readonly { readonly step: string; readonly what: string }[];
}

export interface TrialOptions {
  /** Whether breaks are tried too, after each step. */
  readonly breaks: boolean;
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal;
  readonly onEnter?: (step: Step) => void;
}

/** One walk from the first step to the last; it ends early at a step that cannot be solved. */
export async function tryLab(engine: LabEngine, options: TrialOptions): Promise<Trial> {
  const failed = new Map<string, 'before' | 'broken'>();
  const passed = new Set<string>();
  const faults: { step: string; what: string }[] = [];
  const { steps } = engine.lab;
  for (;;) {
    const step = engine.step();
    options.onEnter?.(step);
    // A step that looks back is true or false already before what it looks back on was done.
    for (const one of [step, ...steps.filter(({ needs }) => needs === step.id)])
      for (const { id, ok } of engine.checks(one.id)) if (!ok) failed.set(id, 'before');
    const { verdict, missing } = await walk(step, engine, options);
    await optionalToo(step, engine, options);
    for (const { id, ok } of engine.checks()) if (ok) passed.add(id);
    if (options.signal?.aborted) break;
    if (verdict !== 'passed') {
      faults.push({ step: step.id, what: `its solve does not solve it, missing: ${missing.join(', ')}` });
      break;
    }
    if (options.breaks) {
      for (const breaking of step.breaks) {
        const wrong = await tryBreak({ breaking, step, engine, options, failed });
        if (wrong !== null) faults.push({ step: step.id, what: wrong });
      }
    }
    engine.intend({ want: 'next' });
    if (engine.step() === step) break;
  }
  const checks = steps.flatMap((step) =>
    step.checks.map(({ id, title }) => ({
      step: step.id,
      id,
      title,
      seenToFail: failed.get(id) ?? null,
      seenToPass: passed.has(id),
    })),
  );
  return { checks, faults };
}

/** Optional checks hold nobody up, but here they are waited for as well. */
function optionalToo(step: Step, engine: LabEngine, options: TrialOptions): Promise<void> {
  return until(() => engine.checks().every(({ ok }) => ok), engine, {
    ...options,
    deadlineMs: deadline(step, options),
  });
}

interface BreakTrial {
  readonly breaking: Breaking;
  readonly step: Step;
  readonly engine: LabEngine;
  readonly options: TrialOptions;
  readonly failed: Map<string, 'before' | 'broken'>;
}

/** Breaks it, sees the checks fail, puts it back, sees them pass. What went wrong; null when nothing did. */
async function tryBreak(trial: BreakTrial): Promise<string | null> {
  const { breaking, step, engine, options, failed } = trial;
  const limits = { ...options, deadlineMs: deadline(step, options) };
  const name = `its break of ${breaking.fails.join(' and ')}`;
  const run = breakRun(breaking, 'run', step);
  const left = new Set(breaking.fails);
  const allFailed = (): boolean => {
    for (const { id, ok } of engine.checks()) if (!ok && left.delete(id)) failed.set(id, 'broken');
    return left.size === 0;
  };
  await until(() => engine.aside({ run }).length > 0, engine, limits);
  const commands = engine.aside({ run });
  const masters = commands.map(({ master }) => master);
  if (masters.length === 0) return `${name}: it was never known where to run it`;
  const broke = await engine.type(commands, 'break');
  await until(allFailed, engine, limits);
  const back = breakRun(breaking, 'back', step);
  const mended = back ? await engine.type(engine.aside({ run: back, masters }), 'put back') : null;
  await until(() => engine.checks().every(({ ok }) => ok), engine, limits);
  const unwell = engine.checks().filter(({ ok }) => !ok);
  const refused = [...unhappy(broke, commands.length), ...(mended ? unhappy(mended, masters.length) : [])];
  if (refused.length > 0) return `${name}: ${refused.join('; ')}`;
  if (left.size > 0) return `${name}: ${[...left].join(', ')} did not fail under it`;
  if (unwell.length > 0)
    return `${name}: ${unwell.map(({ id, why }) => `${id} did not pass again (${why})`).join(', ')}`;
  return null;
}

function unhappy(typed: readonly Typed[], wanted: number): readonly string[] {
  const bad = typed.filter(({ code }) => code !== 0);
  const said = bad.map(({ text, master, code, output }) => {
    const [first = ''] = output.split('\n');
    return `\`${text.split('\n')[0]}\` ended with ${code ?? 'a signal'} on ${master}${first ? `: ${first}` : ''}`;
  });
  return typed.length < wanted ? [...said, 'not every master could be reached'] : said;
}

/** Two walks as one: a check counts as seen when either saw it. */
export function bothTrials(one: Trial, other: Trial): Trial {
  const checks = one.checks.map((check, at) => ({
    ...check,
    seenToFail: check.seenToFail ?? other.checks[at]?.seenToFail ?? null,
    seenToPass: check.seenToPass || other.checks[at]?.seenToPass === true,
  }));
  const faults = [...one.faults, ...other.faults].filter(
    ({ step, what }, at, all) => all.findIndex((same) => same.step === step && same.what === what) === at,
  );
  return { checks, faults };
}

/** What a trial says against its lab; none when it is proven. */
export function complaintsOf({ checks, faults }: Trial): Trial['faults'] {
  const stuck = new Set(faults.map(({ step }) => step));
  return [
    ...faults,
    ...checks
      .filter(({ seenToPass, step }) => !seenToPass && !stuck.has(step))
      .map(({ step, id }) => ({ step, what: `check ${id} was never seen to pass` })),
    ...checks
      .filter(({ seenToFail }) => seenToFail === null)
      .map(({ step, id }) => ({
        step,
        what: `check ${id} was never seen to fail: give the step a \`breaks\` under which it does`,
      })),
  ];
}
