// One API server is stopped and put back while clients ask through every way in: the experiment `ways`.
import { exits, KhaError } from '../../model/failure.ts';
import type { Scene } from '../../model/scene.ts';
import { flagsOf } from '../../model/unitfile.ts';
import type { ClientTally } from '../../model/ways.ts';
import type { WaysSeen } from '../../model/waysseen.ts';
import type { RoundOutcome } from '../round.ts';
import type { Rounds, RoundWish } from '../rounds.ts';
import type { Stage } from '../stage.ts';
import type { Target } from '../target.ts';
import { say, type Witness } from '../watch/witness.ts';
import type { Watching } from '../watching.ts';
import { askSteadily } from './asking.ts';
import { findWays } from './find.ts';

export interface WaysWish {
  /** The master whose API server is stopped. */
  readonly on: string;
  readonly holdMs: number;
  /** Killed, as in a crash, instead of stopped. */
  readonly killed: boolean;
  readonly everyMs: number;
  /** How many ask through the service. */
  readonly clients: number;
  readonly signal: AbortSignal;
  readonly hurry: AbortSignal;
}

export interface WaysParts extends Omit<Witness, 'signal'> {
  readonly target: Target;
  readonly watching: Watching;
  readonly stage: Stage;
  readonly rounds: Rounds;
}

/** Until every way was seen to work. One that never does is told as it is; where none does there is nothing to measure. */
const worksWithinMs = 10_000;
/** After the way back; a server that is up is asked again within a second or two. */
const answersAgainWithinMs = 20_000;

/**
 * The master's API server is stopped, for `holdMs`, with all that a round of a fault is: steady state, timer, journal, way back.
 * @throws KhaError `no-ways`, `way-closed` (exit 3) where nothing can be asked before; and what a round throws.
 */
export async function tryWays(parts: WaysParts, wish: WaysWish): Promise<RoundOutcome> {
  const { target, stage, watching, rounds } = parts;
  const { on, everyMs, signal } = wish;
  const [api] = target.apis;
  const found = await findWays(target, wish.clients);
  if (!api || found.ways.length === 0)
    throw refused('no-ways', found.missing.map(({ way, why }) => `${way}: ${why}`).join('; '));
  const argv = watching.instance(on, 'kube-apiserver')?.argv ?? [];
  const begun: WaysSeen = {
    kind: 'ways',
    phase: 'begun',
    stopped: on,
    everyMs,
    reconciler: reconcilerOf(argv, stage.scene().masters[on]?.api?.version ?? null),
    affinity: found.affinity,
    ways: found.ways.map(({ way, address, clients }) => ({
      way,
      address,
      clients: clients.map(({ name }) => name),
    })),
    missing: found.missing,
  };
  say(parts, null, begun);
  const ending = new AbortController();
  const asking = askSteadily({ ...parts, api, ways: found.ways, everyMs, signal: ending.signal });
  // A bug in it must not go unseen; it is awaited below.
  asking.catch(() => {});
  try {
    await stage.until(allAnswered, { withinMs: worksWithinMs, signal });
    if (!stage.scene().ways?.clients.some(works)) throw closed(stage.scene());
    const outcome = await rounds.run(roundOf(parts, wish));
    await stage.until(noneFails, { withinMs: answersAgainWithinMs, signal: wish.hurry });
    return outcome;
  } finally {
    ending.abort();
    await asking;
    say(parts, null, { ...begun, phase: 'ended' });
  }
}

/** A component that is not led on that master has no reason to hand over, which is what this is not about. */
export function roundOf({ stage }: Pick<WaysParts, 'stage'>, wish: WaysWish): RoundWish {
  const { on, holdMs, killed, signal, hurry } = wish;
  const { locks } = stage.scene();
  const component =
    locks['kube-scheduler']?.master === on && locks['kube-controller-manager']?.master !== on
      ? 'kube-controller-manager'
      : 'kube-scheduler';
  const how = { on, holdMs, holdOnly: true, killed };
  return { component, fault: 'apiserver', how, withoutCanaries: true, signal, hurry };
}

/** From 1.9 by its flag; its default is `lease` from 1.11. */
function reconcilerOf(argv: readonly string[], version: string | null): string | null {
  if (argv.length === 0) return null;
  const given = flagsOf(argv).get('endpoint-reconciler-type');
  const minor = Number(/^v?1\.(\d+)/.exec(version ?? '')?.[1] ?? Number.NaN);
  return given ?? (Number.isNaN(minor) ? null : minor < 11 ? 'master-count' : 'lease');
}

const works = ({ answeredMs }: ClientTally) => answeredMs !== null;
const allAnswered = ({ ways }: Scene) => ways?.clients.every(works) === true;
/** Of those that ever worked. */
const noneFails = ({ ways }: Scene) => ways?.clients.filter(works).every(({ failing }) => !failing) === true;

function closed({ ways }: Scene): KhaError {
  const shut = ways?.clients.find((one) => !works(one));
  const reason = shut?.lastReason ? `: ${shut.lastReason}` : '';
  return refused(
    'way-closed',
    `${shut?.client ?? 'a client'} got no answer through the ${shut?.way ?? 'way'}${reason}`,
  );
}

function refused(code: string, why: string): KhaError {
  return new KhaError({
    code,
    exit: exits.inconclusive,
    message: `No API server was stopped, because the ways in could not be asked through: ${why}.`,
    tryThis: 'Look with kha-lab check; ways there are none of can be left out.',
  });
}
