// The files of a lab: what lab.yaml and a step's frontmatter may hold. Everything about a lab is data; this is its shape.
import * as z from 'zod';
import { faultKinds } from '../model/faultkind.ts';
import { wayNames } from '../model/waysseen.ts';
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
    sandbox: z
      .strictObject({
        lock: z
          .enum(['endpoints', 'leases'])
          .default('endpoints')
          .describe('Behaves as Kubernetes 1.6 (endpoints) or as 1.36 (leases).'),
        masters: z.int().min(2).max(5).optional().describe('How many; two when left out.'),
      })
      .optional()
      .describe('The sandbox this lab is made for.'),
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

const words = z
  .union([
    z.array(text).min(1),
    z.string().regex(/^[A-Za-z0-9][\w.-]*$/, 'the name of a file beside step.md'),
  ])
  .describe('Program and words, one by one; or a script beside step.md, run by sh.');

const solution = z
  .strictObject({
    do: id.optional().describe('An action of this step.'),
    run: words.optional().describe('What a person would type.'),
    on: who.default('first'),
    component: component.optional().describe('Whose leader or standby is meant; otherwise that of `logs`.'),
    sudo: z.boolean().default(false),
  })
  .refine((one) => (one.do === undefined) !== (one.run === undefined), 'a solution has either `do` or `run`');

const breaking = z
  .strictObject({
    fails: z.array(id).min(1).describe('Checks of this step that fail under it; levels, as an edge stays.'),
    on: who.default('first'),
    component: component.optional().describe('Whose leader or standby is meant; otherwise that of `logs`.'),
    sudo: z.boolean().default(false),
    run: words.describe('Makes those checks fail. It is only ever run by `kha-lab labs test`, in a sandbox.'),
    back: words
      .optional()
      .describe('Puts it back, on the same masters. Left out where it comes back by itself.'),
  })
  .describe('For `kha-lab labs test`: how checks that hold from the start are seen to fail.');

const pod = z
  .strictObject({ name: id, image: text })
  .describe('A pod in the namespace default, made on the first master; deleted when the lab is left.');

const ways = z
  .strictObject({
    on: z.enum(['first', 'last']).describe("Which master's API server is stopped and put back."),
    killed: z
      .boolean()
      .default(false)
      .describe('As in a crash: it cannot take itself out of anything before.'),
    holdSeconds: z.number().positive().max(60),
    measure: z.enum(wayNames).describe('A guess is held against how long requests through this way failed.'),
  })
  .describe('Clients ask through every way in to the API servers while one of them is stopped.');

const fault = z.strictObject({ component, kind: z.enum(faultKinds) });

const action = z
  .strictObject({
    id,
    title: text,
    note: text.optional().describe('Goes on after "because"; for a fault after "comes back".'),
    run: command.optional(),
    fault: fault.optional(),
    ways: ways.optional(),
    pod: pod.optional(),
    removes: id.optional().describe('The pod, by name, that an earlier action made.'),
    after: id.optional().describe('The check of this step that must have passed before.'),
  })
  .refine(
    ({ run, fault, ways, pod, removes }) =>
      [run, fault, ways, pod, removes].filter((one) => one !== undefined).length === 1,
    'an action has one of `run`, `fault`, `ways`, `pod` and `removes`',
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
    solve: z
      .array(solution)
      .optional()
      .describe('What an unattended run does here; left out, it does every action in its order.'),
    breaks: z.array(breaking).default([]),
    hints: z.array(hint).default([]).describe('Each says more than the one before.'),
    explain: explanation.optional().describe('Markdown shown after it was measured.'),
    explainAfter: id.optional().describe('The check that must have passed for it; otherwise the whole step.'),
  })
  .describe('The frontmatter of step.md; below it stands the text, in markdown.');

export type LabFile = z.infer<typeof labFile>;
export type StepFile = z.infer<typeof stepFile>;
export type ActionFile = StepFile['actions'][number];
export type WaysFile = NonNullable<ActionFile['ways']>;

/** It takes something away and puts it back: a guess comes first, and nothing else meanwhile. */
export const takesAway = ({ fault, ways }: ActionFile): boolean => fault !== undefined || ways !== undefined;
export type Solution = NonNullable<StepFile['solve']>[number];
export type Breaking = StepFile['breaks'][number];
export type Words = Breaking['run'];

/** A step as read, with its text. */
export interface Step extends StepFile {
  readonly text: string;
  /** Scripts that `solve` and `breaks` name, by file name. */
  readonly scripts?: Readonly<Record<string, string>>;
}

/** A lab as read from its folder. */
export interface Lab {
  readonly name: string;
  readonly folder: string;
  readonly title: string;
  readonly summary: string;
  readonly language: string;
  readonly sandbox?: LabFile['sandbox'];
  readonly steps: readonly Step[];
}
