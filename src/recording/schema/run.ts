// How a recording begins: its first line says what was run, by what, on which masters, and how to run it again.
import { z } from 'zod';
import { instant, name } from './name.ts';

const place = z.object({
  unit: z.string().optional(),
  logs: z.string().optional().describe('"journal" or an absolute path'),
});

const inventory = z
  .object({
    source: z.string().describe('the inventory file'),
    sudo: z.string(),
    strictHostKeyChecking: z.string(),
    cluster: z.object({
      via: z.enum(['kubeconfig', 'ssh']),
      kubeconfig: z.string().describe('its path; never what is in it'),
      context: z.string().optional(),
    }),
    masters: z.array(
      z.object({
        name: z.string(),
        via: z.enum(['ssh', 'local']),
        user: z.string().optional(),
        port: z.number().optional(),
        api: z.object({ host: z.string(), port: z.number() }).optional(),
        components: z.record(z.string(), place),
      }),
    ),
  })
  .describe('the inventory as it was resolved, without keys, agents and passwords');

export const run = z.object({
  kind: z.literal('run'),
  version: z.literal(1).describe('of the format'),
  tool: z.string().describe('program and version'),
  startedAt: instant.describe("RFC 3339 with microseconds, the observer's wall clock"),
  what: z.enum(['lab', 'watch', 'failover', 'check', 'ways']),
  target: z.string().describe('inventory file, or "sandbox"'),
  command: z.array(z.string()).describe('the command line that runs it again'),
  masters: z.array(z.object({ name, address: z.string(), identity: z.string().optional() })),
  lab: z.string().optional(),
  flags: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
    .optional()
    .describe('every flag in force, defaults too; durations in milliseconds'),
  versions: z
    .object({ node: z.string(), platform: z.string() })
    .optional()
    .describe("the observer's; what the masters run is in the observations of kind api and instance"),
  inventory: inventory.optional(),
  seat: z.string().optional().describe('who sat there, in a class'),
});
