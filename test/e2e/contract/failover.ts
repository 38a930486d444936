// What `failover --json` prints, as the contract says it: every key, and no other.
import { z } from 'zod';

const master = z.enum(['kuberm', 'kuberm2']);
const component = z.enum(['kube-scheduler', 'kube-controller-manager']);
const ms = z.number().nonnegative();
/** Wall time in microseconds. */
const instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);

const mark = z.strictObject({
  name: z.enum([
    'lastRenew',
    'faultIssued',
    'released',
    'leaseLost',
    'instanceGone',
    'leaseExpired',
    'acquired',
    'firstWork',
    'faultEnded',
    'restored',
  ]),
  at: instant,
  atMs: z.number(),
  errorMs: ms,
  host: master.nullable(),
  witness: z.string().min(1),
});

const round = z.strictObject({
  round: z.int().positive(),
  from: master,
  to: master.nullable(),
  verdict: z.enum(['passed', 'failed', 'inconclusive']),
  why: z.string().optional(),
  handoverMs: ms.nullable(),
  handoverErrorMs: ms.nullable(),
  outageMs: ms.nullable(),
  outageErrorMs: ms.nullable(),
  twoLeadersMs: ms.nullable(),
  predictedMs: z.strictObject({ min: ms, p50: ms, p95: ms, max: ms }).nullable(),
  outsideRules: z.literal(true).optional(),
  remarks: z.array(z.string().min(1)).optional(),
  marks: z.array(mark).min(1),
  witnesses: z
    .array(mark.omit({ name: true }).extend({ bounds: z.enum(['at', 'notBefore', 'notAfter']) }))
    .optional(),
  canaries: z
    .strictObject({ everyMs: ms, made: z.int(), backlog: z.int().nullable(), drainedMs: ms.nullable() })
    .optional(),
  missing: z.array(z.string()).min(1).optional(),
});

export const failoverAnswer = z.strictObject({
  version: z.literal(1),
  tool: z.string().regex(/^kha-lab \d+\.\d+\.\d+/),
  target: z.string().min(1),
  recording: z.string().min(1),
  component,
  fault: z.literal('stop'),
  lock: z.strictObject({
    kind: z.enum(['Lease', 'Endpoints', 'ConfigMap']),
    namespace: z.literal('kube-system'),
    name: component,
    leaseDurationSeconds: z.int().positive(),
  }),
  masters: z.array(z.strictObject({ name: master, clockOffsetMs: z.number(), clockErrorMs: ms })).length(2),
  rounds: z.array(round),
  summary: z.strictObject({
    n: z.int(),
    medianMs: ms,
    minMs: ms,
    maxMs: ms,
    valuesMs: z.array(ms),
    medianInterval: z
      .strictObject({ lowMs: ms, highMs: ms, coverage: z.number().min(0.5).max(1) })
      .nullable(),
  }),
  restored: z.boolean(),
  steady: z.boolean(),
});

export type FailoverAnswer = z.infer<typeof failoverAnswer>;
export type RoundAnswer = FailoverAnswer['rounds'][number];
