// Masters on which no fault may be issued, whatever their state: somebody is at work there, or they are others than named.
import { KhaError } from '../model/failure.ts';
import { atWork, calledOtherwise } from './refusals.ts';
import type { TargetMaster } from './target.ts';
import { armedBy } from './wayback.ts';

/**
 * Holders of locks are host names, so a master under another name could lead without being known; and the timer of a way back is
 * the marker of a run. One that does not answer is not judged here: the state is not steady then.
 * @throws KhaError `busy`, `called-otherwise` (both exit 3)
 */
export async function refuseUnfit(masters: readonly TargetMaster[]): Promise<void> {
  await Promise.all(
    masters.map(async ({ name, master: { identity = name }, host }) => {
      const [by, called] = await Promise.all([armedBy(host), host.ask(['hostname'])]).catch((error) => {
        if (error instanceof KhaError) return [null, null] as const;
        throw error;
      });
      if (by !== null) throw atWork(name, by);
      const found = called?.code === 0 ? called.stdout.trim() : identity;
      if (found !== identity) throw calledOtherwise(name, { found, expected: identity });
    }),
  );
}
