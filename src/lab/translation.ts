// A lab in another language: texts alone, laid over the lab in its own language; what is not translated stays as it was.
import * as z from 'zod';
import type { Lab, Step } from './format.ts';

const text = z.string().min(1);

/** `lab.LANG.yaml`. */
export const labTexts = z
  .strictObject({
    title: text.describe('A few words: the heading of every screen.'),
    summary: text.describe('One or two sentences: what one knows after it.'),
  })
  .describe('lab.LANG.yaml: a lab in another language.');

/** The frontmatter of `step.LANG.md`; below it stands the text. Lists are in the order of step.md. */
export const stepTexts = z
  .strictObject({
    title: text,
    guess: z
      .strictObject({
        question: text,
        choices: z.array(text).describe('In the order of step.md.'),
        note: text.optional().describe('Shown below the text once a guess is made.'),
      })
      .optional(),
    actions: z
      .record(z.string(), z.strictObject({ title: text, note: text.optional() }))
      .default({})
      .describe('By the ids of step.md.'),
    checks: z.record(z.string(), text).default({}).describe('Titles, by the ids of step.md.'),
    hints: z.array(text).default([]).describe('In the order of step.md.'),
    explain: z
      .union([text, z.array(text)])
      .optional()
      .describe('A text, or its parts in the order of step.md.'),
  })
  .describe(
    'The frontmatter of step.LANG.md: the texts of a step in another language; below it stands the text.',
  );

export type LabTexts = z.infer<typeof labTexts>;
export type StepTexts = z.infer<typeof stepTexts> & { readonly text: string };

/** The lab with what is translated in place of what it says itself. */
export function translated(
  lab: Lab,
  {
    language,
    head,
    steps,
  }: {
    readonly language: string;
    readonly head: LabTexts | null;
    /** By step. */
    readonly steps: Readonly<Record<string, StepTexts>>;
  },
): Lab {
  return {
    ...lab,
    ...head,
    language,
    steps: lab.steps.map((step) => {
      const texts = steps[step.id];
      return texts ? stepIn(step, texts) : step;
    }),
  };
}

/** A step with the texts of another language in place of its own. */
export function stepIn(step: Step, texts: StepTexts): Step {
  return {
    ...step,
    title: texts.title,
    text: texts.text,
    ...(step.guess && texts.guess && { guess: guessIn(step.guess, texts.guess) }),
    actions: step.actions.map((action) => ({ ...action, ...texts.actions[action.id] })),
    checks: step.checks.map((check) => ({ ...check, title: texts.checks[check.id] ?? check.title })),
    hints: step.hints.map((hint, at) => {
      const said = texts.hints[at];
      if (said === undefined) return hint;
      return typeof hint === 'string' ? said : { ...hint, text: said };
    }),
    ...(step.explain !== undefined && { explain: explainIn(step.explain, texts.explain) }),
  };
}

function guessIn(guess: NonNullable<Step['guess']>, texts: NonNullable<StepTexts['guess']>) {
  return {
    ...guess,
    question: texts.question,
    choices: guess.choices.map((choice, at) => ({ ...choice, text: texts.choices[at] ?? choice.text })),
    ...(texts.note !== undefined && { note: texts.note }),
  };
}

function explainIn(
  explain: NonNullable<Step['explain']>,
  texts: StepTexts['explain'],
): NonNullable<Step['explain']> {
  if (texts === undefined) return explain;
  if (typeof explain === 'string') return typeof texts === 'string' ? texts : texts.join('\n\n');
  const parts = [texts].flat();
  return explain.map((part, at) => ({ ...part, text: parts[at] ?? part.text }));
}
