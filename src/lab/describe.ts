// A lab as a dry run prints it: every step with every command, nothing touched.
import type { LabAction, LabPlan } from '../model/labplan.ts';

/** Plain lines. Commands stand indented, the host they run on before them. */
export function describePlan(plan: LabPlan): readonly string[] {
  const steps = plan.steps.flatMap((step, index) => [
    '',
    `${index + 1}. ${step.title}`,
    ...(step.guess ? [`   guess: ${step.guess.question} (${step.guess.choices.join(', ')})`] : []),
    ...step.actions.flatMap(describeAction),
    ...step.checks.map((check) => `   check: ${check.title}`),
  ]);
  return [plan.title, ...steps];
}

function describeAction(action: LabAction): readonly string[] {
  const lines = action.commands.map(
    ({ host, text }) => `     ${host === null ? 'here' : `on ${host}`}: ${text}`,
  );
  return [
    `   ${action.title}${action.isFault ? ' (a fault)' : ''}`,
    ...(lines.length > 0 ? lines : ['     its commands depend on who leads, which is not known yet']),
    ...(action.note === null ? [] : [`     ${action.isFault ? 'comes back' : 'because'} ${action.note}`]),
  ];
}
