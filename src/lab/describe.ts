// A lab as a dry run prints it: every step with every command, nothing touched.
import type { LabAction, LabPlan } from '../model/labplan.ts';
import type { LabWords } from './words/words.ts';

/** Plain lines. Commands stand indented, the host they run on before them. */
export function describePlan(plan: LabPlan, { dry }: LabWords): readonly string[] {
  const steps = plan.steps.flatMap((step, index) => [
    '',
    `${index + 1}. ${step.title}`,
    ...(step.guess ? [`   ${dry.guess}: ${step.guess.question} (${step.guess.choices.join(', ')})`] : []),
    ...step.actions.flatMap((action) => describeAction(action, dry)),
    ...step.checks.map((check) => `   ${dry.check}: ${check.title}`),
  ]);
  return [plan.title, ...steps];
}

function describeAction(action: LabAction, dry: LabWords['dry']): readonly string[] {
  const lines = action.commands.map(
    ({ host, text }) => `     ${host === null ? dry.here : dry.on(host)}: ${text}`,
  );
  return [
    `   ${action.title}${action.isFault ? ` (${dry.aFault})` : ''}`,
    ...(lines.length > 0 ? lines : [`     ${dry.unknown}`]),
    ...(action.note === null ? [] : [`     ${action.isFault ? dry.comesBack : dry.because} ${action.note}`]),
  ];
}
