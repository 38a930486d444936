// What a recorded log line meant, as it was read when it arrived.
import { z } from 'zod';

const lock = z.string().nullable();
const reason = z.string().nullable();

export const logEvent = z.discriminatedUnion('is', [
  z.object({ is: z.literal('attempting'), lock }),
  z.object({ is: z.literal('held'), lock, holder: z.string().nullable() }),
  z.object({ is: z.literal('notAcquired'), lock }),
  z.object({ is: z.literal('acquired'), lock }),
  z.object({ is: z.literal('renewed'), lock }),
  z.object({ is: z.literal('gaveUp'), lock, reason }),
  z.object({ is: z.literal('lost') }),
  z.object({ is: z.literal('terminating') }),
  z.object({ is: z.literal('releaseFailed'), reason }),
  z.object({ is: z.literal('lockError'), reason }),
  z.object({
    is: z.literal('request'),
    method: z.string(),
    path: z.string(),
    status: z.number(),
    tookMs: z.number(),
  }),
  z.object({ is: z.literal('nodeSilent'), node: z.string() }),
  z.object({ is: z.literal('leaderEvent'), identity: z.string(), change: z.enum(['became', 'stopped']) }),
]);
