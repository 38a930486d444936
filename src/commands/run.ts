// A run on masters: says what it is, connects, watches. What check, watch, failover and lab have in common.
import { openTarget, type Target } from '../experiment/target.ts';
import { say } from '../experiment/watch/witness.ts';
import { startWatching, type Watching } from '../experiment/watching.ts';
import type { Prompts } from '../hosts/prompts.ts';
import type { Inventory } from '../inventory/inventory.ts';
import type { ComponentName } from '../model/lock.ts';
import type { RunBegun } from '../model/observation.ts';
import { collectEarly } from './heap.ts';
import type { Recording } from './recording.ts';
import { runHeader } from './runheader.ts';

export interface RunWish {
  readonly what: RunBegun['what'];
  readonly inventory: Inventory;
  /** The inventory's file, or `sandbox`. */
  readonly target: string;
  readonly lab?: string;
  /** As the command line gave them: the recording keeps them. */
  readonly flags?: object;
  /** Who sits here, in a class. */
  readonly seat?: string;
  readonly prompts: Prompts | null;
  readonly logsOf?: readonly ComponentName[];
}

export interface LiveRun {
  readonly target: Target;
  /** Its name: the inventory's file, or `sandbox`. */
  readonly called: string;
  readonly watching: Watching;
  close(): Promise<void>;
}

/** Says what the run is, connects, and puts every witness in its place. */
export async function beginRun(wish: RunWish, { recorder, startedMs, clock }: Recording): Promise<LiveRun> {
  const { inventory, logsOf } = wish;
  collectEarly();
  const begun = runHeader({ ...wish, startedMs });
  say({ observe: recorder.observe, clock }, null, begun, { atMs: startedMs });
  const target = await openTarget(inventory, wish.prompts);
  try {
    const how = { observe: recorder.observe, clock, target, startedMs };
    const watching = await startWatching({ ...how, ...(logsOf && { logsOf }) });
    return {
      target,
      called: wish.target,
      watching,
      async close() {
        await watching.stop();
        await target.close();
      },
    };
  } catch (error) {
    await target.close();
    throw error;
  }
}
