// The files of a lab: what lab.yaml and a step's frontmatter may hold. Everything about a lab is data; this is its shape.
import * as z from 'zod';
import { component } from './checks/check.ts';
import { check } from './checks/vocabulary.ts';
import { condition } from './conditions.ts';
import { who } from './who.ts';

const id = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'lower-case words joined by -');
const text = z.string().min(1);

export const labFile = z
  .strictObject({
    title: text.describe('A few words: the heading of every screen.'),
    summary: text.describe('One or two sentences: what one knows after it.'),
    language: z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/, 'a language tag such as en or pt-BR'),
    steps: z.array(id).min(1).describe('Folders of the steps, in order.'),
  })
  .describe('lab.yaml: a lab and the order of its steps.');

const guess = z.strictObject({
  question: text,
  choices: z
    .array(
      z.strictObject({
        text,
        seconds: z
          .tuple([z.number().nonnegative(), z.number().nonnegative()])
          .describe('From and to: a handover within them makes this guess right.'),
      }),
    )
    .min(2),
  note: text.optional().describe('Shown below the text once a guess is made.'),
});

const command = z.strictObject({
  on: who.default('first'),
  component: component.optional().describe('Whose leader or standby is meant; otherwise that of `logs`.'),
  argv: z.array(text).min(1).describe('Program and words, one by one: never a shell line.'),
  sudo: z.boolean().default(false),
});

const fault = z.strictObject({ component, kind: id.describe('stop, kill, freeze and so on.') });

const action = z
  .strictObject({
    id,
    title: text,
    note: text.optional().describe('Goes on after "because"; for a fault after "comes back".'),
    run: command.optional(),
    fault: fault.optional(),
  })
  .refine(
    ({ run, fault }) => (run === undefined) !== (fault === undefined),
    'an action has either `run` or `fault`',
  );

const hint = z.union([
  text,
  z.strictObject({ when: id.describe('Only while this check of the step has not passed.'), text }),
]);

const explanation = z.union([
  text,
  z
    .array(
      z.strictObject({
        when: z
          .union([condition, z.array(condition).min(1)])
          .optional()
          .describe('All of these must hold.'),
        text,
      }),
    )
    .min(1),
]);

export const stepFile = z
  .strictObject({
    id: id.describe('The name of its folder.'),
    title: text,
    logs: component.nullable().default(null).describe('Whose logs stand beside the text.'),
    needs: id
      .optional()
      .describe('An earlier step whose fault this one looks back on: it must be done in the same run.'),
    skip: z.boolean().default(false).describe('It only looks: one may go on without its checks.'),
    waitSeconds: z
      .number()
      .positive()
      .default(60)
      .describe('How long an unattended run waits for its checks.'),
    guess: guess.optional(),
    actions: z.array(action).default([]),
    checks: z.array(check).min(1),
    hints: z.array(hint).default([]).describe('Each says more than the one before.'),
    explain: explanation.optional().describe('Markdown shown after it was measured.'),
    explainAfter: id.optional().describe('The check that must have passed for it; otherwise the whole step.'),
  })
  .describe('The frontmatter of step.md; below it stands the text, in markdown.');

export type LabFile = z.infer<typeof labFile>;
export type StepFile = z.infer<typeof stepFile>;
export type ActionFile = StepFile['actions'][number];

/** A step as read, with its text. */
export interface Step extends StepFile {
  readonly text: string;
}

/** A lab as read from its folder. */
export interface Lab {
  readonly name: string;
  readonly folder: string;
  readonly title: string;
  readonly summary: string;
  readonly language: string;
  readonly steps: readonly Step[];
}
