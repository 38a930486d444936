// What `check --json` prints, as the contract says it: every key, and no other.
import { z } from 'zod';

const check = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  title: z.string().min(1),
  ok: z.boolean(),
  detail: z.string().min(1),
  command: z.string().min(1).nullable(),
  ms: z.number().nonnegative(),
});

const leader = z.enum(['kuberm', 'kuberm2']).nullable();

export const checkAnswer = z.strictObject({
  version: z.literal(1),
  ok: z.boolean(),
  target: z.string().min(1),
  masters: z.array(z.strictObject({ name: z.string(), ok: z.boolean(), checks: z.array(check).min(1) })),
  cluster: z.strictObject({ checks: z.array(check).min(1) }),
  leaders: z.strictObject({ 'kube-scheduler': leader, 'kube-controller-manager': leader }),
});
