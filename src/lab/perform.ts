// Does a step's actions, one at a time: commands on masters, or one whole round of a fault.
import { type ActionFile, takesAway } from './format.ts';
import { commandsOf } from './plan.ts';
import { refusal } from './refusal.ts';
import type { Stand } from './route.ts';
import { tell } from './telling.ts';
import { waysRequest } from './waysof.ts';
import { wordsIn } from './words/words.ts';
import type { LabWorld } from './world.ts';

export interface Performer {
  /** Begins an action of the open step, after the one typed before it. Throws a refusal while a fault is under way. */
  start(action: ActionFile, stand: Stand): void;
  settled(): Promise<void>;
  /** Aborts what is under way and waits until it has put back what it took. */
  stop(): Promise<void>;
}

interface Job {
  readonly title: string;
  readonly isFault: boolean;
  /** The number of the newest round before it; its own is a later one. */
  readonly before: number;
  readonly done: Promise<void>;
}

export function performer({
  world,
  fail,
  ended,
}: {
  readonly world: LabWorld;
  readonly fail: (error: unknown) => void;
  readonly ended: () => void;
}): Performer {
  const abort = new AbortController();
  // Once a fault is taken back, its round goes on until all is steady: what is no fault need not wait for that.
  const underWay = new Set<Job>();
  const settled = async (): Promise<void> => {
    await Promise.all([...underWay].map(({ done }) => done));
  };

  async function perform(action: ActionFile, stand: Stand): Promise<void> {
    if (action.fault) {
      const { component, kind } = action.fault;
      await world.fault({ component, fault: kind, signal: abort.signal });
      return;
    }
    if (action.ways) {
      await world.tryWays({ ...waysRequest(action.ways, world.masters), signal: abort.signal });
      return;
    }
    const commands = commandsOf(action, stand.open, tell(stand, stand.open));
    if (commands.length === 0) {
      const words = wordsIn(stand.lab);
      throw action.after === undefined
        ? refusal('not-known-yet', words.whereUnknown, words.waitForHolder)
        : refusal('not-known-yet', words.tooEarly, words.waitForChecks);
    }
    if (action.pod) return await world.makePod(action.pod, action.title);
    if (action.removes !== undefined) return await world.removePod(action.removes, action.title);
    for (const { master, argv, sudo } of commands) {
      if (abort.signal.aborted) return;
      await world.run(master, argv, { sudo, why: action.title });
    }
  }

  const unlessOver = async (action: ActionFile, stand: Stand): Promise<void> => {
    if (!abort.signal.aborted) await perform(action, stand);
  };

  return {
    start(action, stand) {
      const jobs = [...underWay];
      const { round } = stand.story;
      const takenBack = ({ before }: Job) => round?.restored === true && round.begun.round > before;
      const busy = jobs.find(
        (job) => job.isFault && !takenBack(job) && (takesAway(action) || !round?.restored),
      );
      if (busy) {
        const words = wordsIn(stand.lab);
        throw refusal('busy', words.underWay(busy.title), words.waitForEnd);
      }
      // What was typed before is waited for, and before another fault what a round that is taken back still waits for and
      // cleans up: last moments are no reason to refuse anybody.
      const typed = jobs.filter(({ isFault }) => !isFault || takesAway(action));
      const begun =
        typed.length === 0
          ? perform(action, stand)
          : Promise.all(typed.map(({ done }) => done)).then(() => unlessOver(action, stand));
      const done = begun.catch(fail).finally(() => {
        underWay.delete(job);
        ended();
      });
      const job: Job = {
        title: action.title,
        isFault: takesAway(action),
        before: round?.begun.round ?? 0,
        done,
      };
      underWay.add(job);
    },
    settled,
    async stop() {
      abort.abort();
      await settled();
      await world.putAway().catch(fail);
    },
  };
}
