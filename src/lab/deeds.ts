// Everything a lab could type and do, read from its files alone: what a person agrees to before a lab from elsewhere runs.
import { quoteArgv } from '../hosts/quote.ts';
import type { ActionFile, Lab, Step } from './format.ts';
import { argvOf } from './script.ts';

/** Lines: each step, and below it each command with where it runs, scripts in full, and each fault. */
export function deedsOf({ steps }: Lab): readonly string[] {
  return steps.flatMap((step) => {
    const deeds = [...step.actions.flatMap((action) => actionDeeds(action, step)), ...solutionDeeds(step)];
    return deeds.length === 0 ? [] : [step.title, ...deeds.map((line) => `  ${line}`)];
  });
}

function actionDeeds({ run, fault, ways, pod, removes }: ActionFile, step: Step): readonly string[] {
  if (fault) return [`fault ${fault.kind} of ${fault.component}, and its way back`];
  if (ways) {
    const { on, holdSeconds, killed } = ways;
    const how = killed ? 'kills' : 'stops';
    return [`${how} the API server of the ${on} master for ${holdSeconds} s, and starts it again`];
  }
  if (pod) return [`makes the pod ${pod.name} of the image ${pod.image}`];
  if (removes !== undefined) return [`deletes the pod ${removes}`];
  return run ? typed(run, step) : [];
}

function solutionDeeds(step: Step): readonly string[] {
  return (step.solve ?? []).flatMap(({ run, on, component, sudo }) =>
    run === undefined ? [] : typed({ on, component, sudo, argv: [...argvOf(run, step)] }, step),
  );
}

function typed(
  { on, component, sudo, argv }: NonNullable<ActionFile['run']>,
  { logs }: Step,
): readonly string[] {
  const elected = component ?? logs ?? 'kube-scheduler';
  const where = on === 'first' || on === 'each' ? `${on} master` : `${on} of ${elected}`;
  const [first = '', ...rest] = `${sudo ? 'sudo -n ' : ''}${quoteArgv(argv)}`.split('\n');
  return [`on ${where}: ${first}`, ...rest.map((line) => `  ${line}`)];
}
