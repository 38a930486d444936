// Checks of a pod that the lab made: it runs, it is gone again.
import * as z from 'zod';
import { keyOfPod } from '../../experiment/podcommands.ts';
import { type CheckView, common, type Verdict } from './check.ts';

const pod = z.string().min(1).describe('Its name, as the action that makes it has it.');

export const podRuns = z.strictObject({ ...common, is: z.literal('pod-runs'), pod });
export const podGone = z.strictObject({ ...common, is: z.literal('pod-gone'), pod });

/** The kubelet of its node says that it runs, and names its container. */
export function judgePodRuns(check: z.infer<typeof podRuns>, { story, words }: CheckView): Verdict {
  const seen = story.scene.pods[keyOfPod(check.pod)];
  if (!seen) return { ok: false, waiting: true, detail: words.pod.notMade };
  if (seen.phase === 'Running' && seen.container !== null)
    return { ok: true, detail: words.pod.runs(seen.container, seen.node) };
  return {
    ok: false,
    waiting: seen.phase === 'Pending',
    detail: words.pod.phase(seen.phase, seen.node),
    tryThis: words.pod.tryThis(check.pod),
  };
}

/** Gone counts only where it was seen running before. */
export function judgePodGone(check: z.infer<typeof podGone>, { story, words }: CheckView): Verdict {
  const seen = story.scene.pods[keyOfPod(check.pod)];
  if (seen?.phase !== 'gone')
    return { ok: false, waiting: true, detail: seen ? words.pod.there : words.pod.notMade };
  if (seen.container === null) return { ok: false, detail: words.pod.neverRan };
  return { ok: true, detail: words.pod.gone };
}
