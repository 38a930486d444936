// The shapes other programs rely on in what kha-lab prints under --json, held against every run here.
import { z } from 'zod';

const check = z.object({
  id: z.string(),
  title: z.string(),
  ok: z.boolean(),
  detail: z.string(),
  command: z.string().nullable(),
  ms: z.number().nonnegative(),
});

export const checkPrinted = z.object({
  version: z.literal(1),
  ok: z.boolean(),
  target: z.string(),
  masters: z.array(z.object({ name: z.string(), ok: z.boolean(), checks: z.array(check).min(1) })),
  cluster: z.object({ checks: z.array(check).min(1) }),
  leaders: z.record(z.string(), z.string().nullable()),
});

const mark = z.object({
  name: z.string(),
  at: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
  atMs: z.number(),
  errorMs: z.number().nonnegative(),
  host: z.string().nullable(),
  witness: z.string(),
});

const round = z.object({
  round: z.number().int().positive(),
  from: z.string(),
  to: z.string().nullable(),
  verdict: z.enum(['passed', 'failed', 'inconclusive']),
  why: z.string().nullish(),
  handoverMs: z.number().nullable(),
  handoverErrorMs: z.number().nullable(),
  outageMs: z.number().nullable(),
  outageErrorMs: z.number().nullable(),
  twoLeadersMs: z.number().nullable(),
  emptied: z
    .object({
      atMs: z.number(),
      errorMs: z.number(),
      successor: z.string(),
      retakenAtMs: z.number().nullable(),
      retakenBy: z.string().nullable(),
    })
    .nullish(),
  predictedMs: z.object({ min: z.number(), p50: z.number(), p95: z.number(), max: z.number() }).nullable(),
  marks: z.array(mark),
  canaries: z
    .object({
      everyMs: z.number(),
      made: z.number().int(),
      backlog: z.number().int().nullable(),
      drainedMs: z.number().nullable(),
    })
    .optional(),
  missing: z.array(z.string()).optional(),
});

export const failoverPrinted = z.object({
  version: z.literal(1),
  tool: z.string().startsWith('kha-lab '),
  target: z.string(),
  recording: z.string(),
  component: z.string(),
  fault: z.string(),
  lock: z.object({
    kind: z.enum(['Lease', 'Endpoints', 'ConfigMap']),
    namespace: z.literal('kube-system'),
    name: z.string(),
    leaseDurationSeconds: z.number().int(),
  }),
  masters: z.array(z.object({ name: z.string(), clockOffsetMs: z.number(), clockErrorMs: z.number() })),
  rounds: z.array(round),
  summary: z.object({
    n: z.number().int(),
    medianMs: z.number().nullable(),
    minMs: z.number().nullable(),
    maxMs: z.number().nullable(),
  }),
  restored: z.boolean(),
  steady: z.boolean(),
});

export type FailoverPrinted = z.infer<typeof failoverPrinted>;
export type RoundPrinted = FailoverPrinted['rounds'][number];

export const errorPrinted = z.object({
  version: z.literal(1),
  error: z.object({ code: z.string(), exit: z.number().int(), message: z.string(), tryThis: z.string() }),
});

export const recoverPrinted = z.object({
  version: z.literal(1),
  recovered: z.array(
    z.object({
      id: z.string(),
      master: z.string(),
      unit: z.string(),
      restored: z.boolean(),
      problem: z.string().nullable(),
    }),
  ),
});
