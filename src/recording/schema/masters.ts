// What a recording holds of masters: connections, clocks, instances, log lines, API servers.
import { z } from 'zod';
import { logEvent } from './logevent.ts';
import { moment, name } from './name.ts';

export const terms = z
  .object({
    leaseDurationMs: z.number(),
    renewDeadlineMs: z.number(),
    retryPeriodMs: z.number(),
    releasesOnStop: z.boolean().nullable().describe('whether a clean stop empties the record'),
  })
  .describe('timing a component elects by');

export const host = z.object({
  kind: z.literal('host'),
  state: z.enum(['connecting', 'up', 'lost', 'closed']),
  roundTripMs: z.number().nullable(),
  detail: z.string().nullable(),
});

export const clock = z.object({
  kind: z.literal('clock'),
  offsetMs: moment.describe("the host's clock minus the observer's"),
  offsetErrorMs: moment,
});

export const instance = z.object({
  kind: z.literal('instance'),
  component: name,
  unit: z.string(),
  active: z.string().describe('systemd ActiveState, or "missing"'),
  sub: z.string(),
  enabled: z.string(),
  pid: z.number().nullable(),
  argv: z.array(z.string()).describe('program and flags, secrets hidden'),
  logs: z
    .discriminatedUnion('at', [
      z.object({ at: z.literal('journal'), unit: z.string() }),
      z.object({ at: z.literal('file'), path: z.string() }),
    ])
    .nullable(),
  terms: terms.nullable(),
  version: z.string().nullable().describe('of Kubernetes'),
});

export const log = z.object({
  kind: z.literal('log'),
  component: name,
  line: z.string(),
  event: logEvent.nullable(),
  writtenMs: moment.nullable().describe("as written, on the host's own clock, epoch milliseconds"),
  arrivedMs: moment.describe("on the run's clock"),
});

export const gap = z.object({ kind: z.literal('gap'), component: name, reason: z.string() });

export const api = z.object({
  kind: z.literal('api'),
  ready: z.boolean(),
  version: z.string().nullable(),
  detail: z.string().nullable(),
});

export const endpoints = z.object({
  kind: z.literal('endpoints'),
  addresses: z.array(z.string()).describe('of the service "kubernetes", ip:port each'),
});
