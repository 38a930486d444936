// What a recording holds of the pods that a lab made.
import { z } from 'zod';

export const pod = z.object({
  kind: z.literal('pod'),
  name: z.string().describe('NAMESPACE/NAME'),
  phase: z.string().describe("Kubernetes' own word, or gone"),
  node: z.string().nullable(),
  container: z.string().nullable().describe('as its runtime names it; null before it was started'),
});
