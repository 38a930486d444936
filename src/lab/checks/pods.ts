// Checks of a pod that the lab made: it runs, it is gone again.
import * as z from 'zod';
import { keyOfPod } from '../../experiment/podcommands.ts';
import { type CheckView, common, type Verdict } from './check.ts';

const pod = z.string().min(1).describe('Its name, as the action that makes it has it.');

export const podRuns = z.strictObject({ ...common, is: z.literal('pod-runs'), pod });
export const podGone = z.strictObject({ ...common, is: z.literal('pod-gone'), pod });

/** The kubelet of its node says that it runs, and names its container. */
export function judgePodRuns(check: z.infer<typeof podRuns>, { story }: CheckView): Verdict {
  const seen = story.scene.pods[keyOfPod(check.pod)];
  if (!seen) return { ok: false, waiting: true, detail: 'not made yet' };
  if (seen.phase === 'Running' && seen.container !== null)
    return { ok: true, detail: `${seen.container} on ${seen.node ?? 'a node'}` };
  return {
    ok: false,
    waiting: seen.phase === 'Pending',
    detail: seen.node === null ? `${seen.phase}, on no node yet` : `${seen.phase} on ${seen.node}`,
    tryThis: `\`kubectl describe pod ${check.pod}\` says what it waits for.`,
  };
}

/** Gone counts only where it was seen running before. */
export function judgePodGone(check: z.infer<typeof podGone>, { story }: CheckView): Verdict {
  const seen = story.scene.pods[keyOfPod(check.pod)];
  if (seen?.phase !== 'gone')
    return { ok: false, waiting: true, detail: seen ? 'still there' : 'not made yet' };
  if (seen.container === null) return { ok: false, detail: 'it was never seen running' };
  return { ok: true, detail: 'deleted' };
}
