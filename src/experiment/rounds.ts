// Rounds on one target, one after the other: what `failover` and a lab's fault have in common.
import type { ComponentName } from '../model/lock.ts';
import { seededRandom } from '../model/random.ts';
import type { EpochMs } from '../model/time.ts';
import { namespaceNote } from './canarynote.ts';
import {
  designFault,
  type FaultKind,
  type PlannedCommand,
  plannedCommands,
  returnAfterSeconds,
} from './faults.ts';
import { withCanaries } from './outage.ts';
import { groundOf, refuseAlone } from './round/prepare.ts';
import { describedAs } from './round/telling.ts';
import { type FaultPlace, type RoundOutcome, runRound } from './round.ts';
import type { Stage } from './stage.ts';
import { masterOf, type Target } from './target.ts';
import { refuseUnfit } from './unfit.ts';
import type { Witness } from './watch/witness.ts';
import type { Watching } from './watching.ts';

export interface RoundsOptions extends Omit<Witness, 'signal'> {
  readonly target: Target;
  readonly watching: Watching;
  readonly stage: Stage;
  readonly startedMs: EpochMs;
  /** Null for a sandbox of this run, which ends with it and leaves nothing to recover. */
  readonly pendingFolder: string | null;
  readonly seed: number;
  readonly allowNotEnabled: boolean;
  /** Milliseconds; null for none. */
  readonly canaryEveryMs: number | null;
}

/** How a fault is done where it is not the usual way. */
export interface Manner {
  /** Default: the leader. */
  readonly on?: FaultPlace;
  /** Default 0: until the handover was seen. */
  readonly holdMs?: number;
  readonly letRestart?: boolean;
  /** It lasts just `holdMs`, whether or not somebody takes over meanwhile. */
  readonly holdOnly?: boolean;
  /** The API server is killed, and kept from being started again, instead of stopped. */
  readonly killed?: boolean;
}

export interface RoundWish {
  readonly component: ComponentName;
  readonly fault: FaultKind;
  readonly how?: Manner;
  /** None are made, whatever the run says: for a round that is not about the outage. */
  readonly withoutCanaries?: boolean;
  /** Stops waiting for the handover: the way back is walked at once. */
  readonly signal: AbortSignal;
  /** Stops waiting for steadiness after the way back. */
  readonly hurry: AbortSignal;
}

export interface Rounds {
  /**
   * The exact commands of a round, its timer described as if it began with this run; null while nobody leads, or the leader is
   * none of these masters. @throws KhaError where a round would be refused for who runs the component, or for what is asked
   */
  plan(wish: Pick<RoundWish, 'component' | 'fault' | 'how'>): readonly PlannedCommand[] | null;
  run(wish: RoundWish): Promise<RoundOutcome>;
}

export function createRounds(options: RoundsOptions): Rounds {
  const random = seededRandom(options.seed);
  let round = 0;
  return {
    plan({ component, fault, how }) {
      const { target, watching, stage, startedMs } = options;
      refuseAlone({ target, watching, component, fault });
      const name = stage.scene().locks[component]?.master;
      const terms = name && watching.instance(name, component)?.terms;
      if (!name || !terms) return null;
      const manner = mannerOf(how);
      const ground = groundOf({ target, watching, component, fault, ...manner }, masterOf(target, name));
      return plannedCommands({
        design: designFault(ground),
        masters: target.masters,
        afterSeconds: returnAfterSeconds({ terms, holdMs: manner.holdMs }),
        // A plan is shown for as long as a screen is: it must not change with each second.
        description: describedAs({ component, fault, sinceMs: startedMs }),
      });
    },
    async run(wish) {
      round += 1;
      // Asked first: canaries would be work for somebody else's round.
      await refuseUnfit(options.target.masters);
      const namespace = `kha-lab-${process.pid}-${round}`;
      const request = { ...options, ...wish, ...mannerOf(wish.how), random, round };
      return await withCanaries(
        {
          ...options,
          component: wish.component,
          everyMs: wish.withoutCanaries ? null : options.canaryEveryMs,
          hurry: wish.hurry,
          apis: options.target.apis,
          leader: options.stage.scene().locks[wish.component]?.master ?? null,
          namespace,
          note: noteOf(options, { namespace, component: wish.component }),
        },
        (canaries) => runRound({ ...request, canaries }),
      );
    },
  };
}

function noteOf(
  { pendingFolder, target, clock }: RoundsOptions,
  of: { readonly namespace: string; readonly component: ComponentName },
) {
  const [first] = target.masters;
  if (pendingFolder === null || !first) return null;
  const inventory = target.inventory.source;
  return namespaceNote({ ...of, folder: pendingFolder, inventory, master: first.name, clock });
}

function mannerOf(manner: Manner = {}) {
  const { on = 'leader', holdMs = 0, letRestart = false, holdOnly = false, killed = false } = manner;
  return { on, holdMs, letRestart, holdOnly, killed };
}
