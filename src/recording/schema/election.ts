// What a recording holds of elections: the lock, who leads, rounds and their faults, canaries.
import { z } from 'zod';
import { terms } from './masters.ts';
import { name } from './name.ts';

const component = z.enum(['kube-scheduler', 'kube-controller-manager']);

export const lock = z.object({
  kind: z.literal('lock'),
  component,
  lock: z.object({
    kind: z.enum(['Lease', 'Endpoints', 'ConfigMap']),
    namespace: z.string(),
    name: z.string(),
  }),
  change: z.enum(['initial', 'changed', 'deleted']),
  record: z
    .object({
      holder: z.string().describe('"" after a release'),
      leaseDurationSeconds: z.number().nullable(),
      acquireTime: z.string().nullable(),
      renewTime: z.string().nullable(),
      transitions: z.number().nullable(),
    })
    .nullable(),
  resourceVersion: z.string(),
});

export const leader = z.object({
  kind: z.literal('leader'),
  component,
  holder: z.string().nullable(),
  master: z.string().nullable(),
});

export const event = z.object({
  kind: z.literal('event'),
  component: name,
  object: z.string(),
  message: z.string(),
  time: z.string().nullable(),
});

export const round = z.object({
  kind: z.literal('round'),
  round: z.number(),
  phase: z.enum(['begun', 'ended']),
  component,
  fault: z.string(),
  from: name.describe('who leads when it begins'),
  on: z.string().optional().describe('whom the fault strikes, where that is not the leader'),
  restarts: z.literal(true).optional(),
  terms,
  canaries: z
    .union([z.object({ everyMs: z.number(), namespace: z.string() }), z.object({ missing: z.string() })])
    .optional(),
});

export const fault = z.object({
  kind: z.literal('fault'),
  round: z.number(),
  component,
  fault: z.string(),
  phase: z.enum(['armed', 'issued', 'effective', 'ended', 'restored', 'disarmed']),
  returnsInMs: z.number().optional(),
  detail: z.string().optional(),
});

export const canary = z.object({
  kind: z.literal('canary'),
  name: z.string(),
  phase: z.enum(['created', 'scheduled', 'unschedulable', 'replicated']),
  node: z.string().nullable(),
  component: component.optional().describe("absent in older recordings, where it is the scheduler's"),
});
