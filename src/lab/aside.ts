// Commands beside a step's actions, for drivers: what a person would type to solve it, and what breaks it in a test.
import type { ActionFile, Breaking, Solution, Step } from './format.ts';
import { commandsOf, type Ready } from './plan.ts';
import { problemOf } from './refusal.ts';
import { argvOf } from './script.ts';
import type { Telling } from './telling.ts';
import type { LabWorld } from './world.ts';

export interface Aside {
  readonly run: ActionFile['run'];
  /** Masters to run it on; when left out, those that `on` means now. */
  readonly masters?: readonly string[];
}

/** What was run, where, and what came of it. */
export interface Typed {
  readonly master: string;
  readonly text: string;
  readonly code: number | null;
  readonly output: string;
}

/** A solution's command; undefined for one that is an action. */
export function solutionRun({ run, on, component, sudo }: Solution, step: Step): ActionFile['run'] {
  return run === undefined ? undefined : { on, component, sudo, argv: [...argvOf(run, step)] };
}

/** The command that breaks, or the one that puts back; undefined where it comes back by itself. */
export function breakRun(
  { run, back, on, component, sudo }: Breaking,
  which: 'run' | 'back',
  step: Step,
): ActionFile['run'] {
  const words = which === 'run' ? run : back;
  return words === undefined ? undefined : { on, component, sudo, argv: [...argvOf(words, step)] };
}

/** The exact commands, one a master; none while it is not known where, or with which words. */
export function asideCommands({ run, masters }: Aside, step: Step, telling: Telling): readonly Ready[] {
  if (!run) return [];
  const action = (on: NonNullable<ActionFile['run']>['on']) => ({
    id: 'aside',
    title: 'aside',
    run: { ...run, on },
  });
  if (!masters) return commandsOf(action(run.on), step, telling);
  return commandsOf(action('each'), step, telling).filter(({ master }) => masters.includes(master));
}

/** Runs them one after the other. Where a master cannot be reached it ends there, and the stream says why. */
export async function typeAside(
  commands: readonly Ready[],
  { world, why }: { readonly world: LabWorld; readonly why: string },
): Promise<readonly Typed[]> {
  const typed: Typed[] = [];
  try {
    for (const { master, argv, sudo, text } of commands) {
      const { code, output } = await world.run(master, argv, { sudo, why });
      typed.push({ master, text, code, output });
    }
  } catch (error) {
    world.note(problemOf(error));
  }
  return typed;
}
