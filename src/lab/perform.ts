// Does a step's actions, one at a time: commands on masters, or one whole round of a fault.
import type { ActionFile } from './format.ts';
import { commandsOf } from './plan.ts';
import { refusal } from './refusal.ts';
import type { Stand } from './route.ts';
import { tell } from './telling.ts';
import type { LabWorld } from './world.ts';

export interface Performer {
  /** Begins an action of the open step. Throws a refusal while another one is under way. */
  start(action: ActionFile, stand: Stand): void;
  settled(): Promise<void>;
  /** Aborts what is under way and waits until it has put back what it took. */
  stop(): Promise<void>;
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
  let underWay: { readonly title: string; readonly done: Promise<void> } | null = null;

  async function perform(action: ActionFile, stand: Stand): Promise<void> {
    if (action.fault) {
      const { component, kind } = action.fault;
      await world.fault({ component, fault: kind, signal: abort.signal });
      return;
    }
    const commands = commandsOf(action, stand.open, tell(stand));
    if (commands.length === 0) {
      throw refusal(
        'not-known-yet',
        'It is not known yet where to run that.',
        'Wait until the lock has a holder.',
      );
    }
    for (const { master, argv, sudo } of commands) {
      if (abort.signal.aborted) return;
      await world.run(master, argv, { sudo, why: action.title });
    }
  }

  return {
    start(action, stand) {
      if (underWay) {
        throw refusal('busy', `"${underWay.title}" is still under way.`, 'Wait until it has ended.');
      }
      const done = perform(action, stand)
        .catch(fail)
        .finally(() => {
          underWay = null;
          ended();
        });
      underWay = { title: action.title, done };
    },
    async settled() {
      await underWay?.done;
    },
    async stop() {
      abort.abort();
      await underWay?.done;
    },
  };
}
