// What a recording holds of a run's course: commands, checks, steps of a lab, problems, the end.
import { z } from 'zod';
import { name } from './name.ts';

export const command = z.object({
  kind: z.literal('command'),
  text: z.string().describe('exactly as typed, secrets hidden'),
  why: z.string(),
  phase: z.enum(['shown', 'ran']),
  code: z.number().nullable(),
  tookMs: z.number().nullable(),
  output: z.string().optional(),
});

export const check = z.object({
  kind: z.literal('check'),
  id: name,
  title: z.string(),
  ok: z.boolean(),
  detail: z.string(),
  command: z.string().nullable(),
  tookMs: z.number(),
  tryThis: z.string().optional(),
  step: name.optional(),
});

export const step = z.object({
  kind: z.literal('step'),
  step: name,
  phase: z.enum(['entered', 'passed']),
  again: z
    .literal(true)
    .optional()
    .describe('entered to be done once more: what was done in it before counts no longer'),
});

export const guess = z.object({ kind: z.literal('guess'), step: name, choice: z.string() });

export const problem = z.object({
  kind: z.literal('problem'),
  code: z.string(),
  message: z.string(),
  tryThis: z.string(),
});

export const end = z.object({
  kind: z.literal('end'),
  exit: z.number().describe("the command's exit code"),
});
