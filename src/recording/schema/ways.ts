// What a recording holds of the ways in to the API servers: which there are, and every request through them.
import { z } from 'zod';
import { wayNames } from '../../model/waysseen.ts';

const way = z.enum(wayNames);

export const ways = z.object({
  kind: z.literal('ways'),
  phase: z.enum(['begun', 'ended']),
  stopped: z.string().describe('the master whose API server is stopped meanwhile'),
  everyMs: z.number().describe('between two requests of a client'),
  reconciler: z.string().nullable().describe('--endpoint-reconciler-type of the API servers'),
  affinity: z.string().nullable().describe('sessionAffinity of the service'),
  ways: z.array(z.object({ way, address: z.string(), clients: z.array(z.string()) })),
  missing: z.array(z.object({ way, why: z.string() })),
});

export const ask = z.object({
  kind: z.literal('ask'),
  way,
  client: z.string(),
  ok: z.boolean(),
  tookMs: z.number(),
  reason: z.string().nullable(),
});
