// A run on screens: drawn from the first moment, while what it needs is still being started behind it.

import type { LabFeed } from '../model/labplan.ts';
import { statePlaces } from '../recording/places.ts';
import { openScreens } from '../tui/open.tsx';
import { plainFeed, type Remembering, remember } from './feed.ts';
import { type ScreenFlags, screenWishes } from './flags.ts';
import type { Recording } from './recording.ts';
import type { RunWish } from './run.ts';
import type { Surroundings } from './surroundings.ts';

/** A feed whose steps come later: a lab opens once its masters are known. */
export interface GrowingFeed extends LabFeed {
  grow(steps: Pick<LabFeed, 'plan' | 'explanation' | 'intend'>): void;
}

export function growingFeed(
  { recorder, file }: Recording,
  waitingFor: string,
  /** Of a lab, whose steps are waited for. */
  remembering?: Remembering,
): GrowingFeed {
  const plain = plainFeed(remembering ?? remember(recorder), recorder.nowMs);
  let steps: Pick<LabFeed, 'plan' | 'explanation' | 'intend'> = plain;
  return {
    ...plain,
    waitingFor,
    recorded: file !== null,
    opening: () => remembering !== undefined && steps === plain,
    plan: () => steps.plan(),
    explanation: (step) => steps.explanation(step),
    intend: (intent) => steps.intend(intent),
    grow(more) {
      steps = more;
    },
  };
}

export interface ScreenRun {
  readonly flags: ScreenFlags;
  readonly surroundings: Surroundings;
  readonly title: string;
  readonly feed: LabFeed;
  /** Connects what is to be seen. Where logins may ask something, that is done before anything is drawn over the question. */
  readonly connect: () => Promise<void>;
  readonly mayAsk: boolean;
  /** Does what is to be seen. The screens close, and the error is thrown, when it or `connect` rejects. */
  readonly begin?: (leaving: AbortSignal) => Promise<void>;
  /** Puts back and closes; called once, after `connect` and `begin` have settled. `hurry` aborts at the second ctrl+c. */
  readonly end: (hurry: AbortSignal) => Promise<void>;
}

/** Resolves with whether a person's interruption ended it while something was still going on. */
export async function runOnScreens(run: ScreenRun): Promise<{ readonly interrupted: boolean }> {
  const { stdin, stdout, env } = run.surroundings;
  const leaving = new AbortController();
  const hurry = new AbortController();
  const closing = new AbortController();
  let failure: { error: unknown } | null = null;
  if (run.mayAsk) {
    await run.connect().catch(async (error: unknown) => {
      await run.end(hurry.signal);
      throw error;
    });
  }
  const begin = async () => {
    try {
      if (!run.mayAsk) await run.connect();
      if (!leaving.signal.aborted) await run.begin?.(leaving.signal);
    } catch (error) {
      failure = { error };
      closing.abort();
    }
  };
  let begun = Promise.resolve();
  const { reason } = await openScreens({
    feed: run.feed,
    stdin,
    stdout,
    env,
    title: run.title,
    closing: closing.signal,
    // Not before the first frame: what connects is heavy to load, and a sandbox wants the processor as well.
    onOpen() {
      if (!leaving.signal.aborted) begun = begin();
    },
    ...screenWishes(run.flags),
    async leave(how) {
      if (how === 'hurry') return hurry.abort();
      leaving.abort();
      await begun;
      await run.end(hurry.signal);
    },
  });
  const failed = failure as { error: unknown } | null;
  if (failed) throw failed.error;
  return { interrupted: reason !== 'quit' };
}

/** Where a run on these masters notes what it has not put back yet; a sandbox of its own ends with it. */
export function pendingFolder({ env }: Surroundings, { target }: Pick<RunWish, 'target'>): string | null {
  return target === 'sandbox' ? null : statePlaces(env).pending;
}
