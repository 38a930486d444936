// Everything a lab could type and do, read from its files alone: what a person agrees to before a lab from elsewhere runs.
import { quoteArgv } from '../hosts/quote.ts';
import type { ActionFile, Lab, Step } from './format.ts';
import { argvOf } from './script.ts';
import { type LabWords, wordsIn } from './words/words.ts';

/** Lines: each step, and below it each command with where it runs, scripts in full, and each fault. */
export function deedsOf(lab: Lab): readonly string[] {
  const { deeds: said } = wordsIn(lab);
  return lab.steps.flatMap((step) => {
    const actions = step.actions.flatMap((action) => actionDeeds(action, step, said));
    const deeds = [...actions, ...solutionDeeds(step, said)];
    return deeds.length === 0 ? [] : [step.title, ...deeds.map((line) => `  ${line}`)];
  });
}

type Said = LabWords['deeds'];

function actionDeeds(
  { run, fault, ways, pod, removes }: ActionFile,
  step: Step,
  said: Said,
): readonly string[] {
  if (fault) return [said.fault(fault.kind, fault.component)];
  if (ways) {
    const { on, holdSeconds, killed } = ways;
    return [(killed ? said.kills : said.stops)(said[on], holdSeconds)];
  }
  if (pod) return [said.makesPod(pod.name, pod.image)];
  if (removes !== undefined) return [said.deletesPod(removes)];
  return run ? typed(run, step, said) : [];
}

function solutionDeeds(step: Step, said: Said): readonly string[] {
  return (step.solve ?? []).flatMap(({ run, on, component, sudo }) =>
    run === undefined ? [] : typed({ on, component, sudo, argv: [...argvOf(run, step)] }, step, said),
  );
}

function typed(
  { on, component, sudo, argv }: NonNullable<ActionFile['run']>,
  { logs }: Step,
  said: Said,
): readonly string[] {
  const where = said.where[on](component ?? logs ?? 'kube-scheduler');
  const [first = '', ...rest] = `${sudo ? 'sudo -n ' : ''}${quoteArgv(argv)}`.split('\n');
  return [said.on(where, first), ...rest.map((line) => `  ${line}`)];
}
