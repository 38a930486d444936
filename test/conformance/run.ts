// One run at one API server: four locks side by side, each with one of ours and one of client-go's.
import { type Random, seededRandom } from '../../src/model/random.ts';
import { type Happening, monotonicUs, type Side } from './happening.ts';
import { buildPrograms } from './programs.ts';
import { type Version, type Write, watchRecords, writesOf } from './records.ts';
import { Contest, type Round, type Way } from './rounds.ts';
import type { Server } from './servers.ts';

/** Two candidates a lock: eight processes at most, few enough to leave a small machine idle. */
const locks = ['conformance-1', 'conformance-2', 'conformance-3', 'conformance-4'];

/** How many of a hundred rounds go which way. */
const shares: Readonly<Record<Way, number>> = {
  kill: 27,
  term: 27,
  freeze: 22,
  zombie: 8,
  nap: 5,
  doze: 5,
  return: 6,
};

export interface Played {
  readonly rounds: readonly Round[];
  readonly voids: Contest['voids'];
  /** By lock. */
  readonly happenings: readonly (readonly Happening[])[];
  readonly writes: readonly (readonly Write[])[];
  /** From the record's acquireTime to the new leader's `acquired`, milliseconds. */
  readonly stampedMs: Readonly<Record<Side, readonly number[]>>;
}

export async function playRounds(
  server: Server,
  { rounds, seed }: { readonly rounds: number; readonly seed: number },
): Promise<Played> {
  const { kubeconfig, contentType, folder } = server;
  const programs = await buildPrograms(folder);
  const random = seededRandom(seed);
  const order = shuffled(wayList(rounds), random);
  const records = await watchRecords(kubeconfig);
  const contests = locks.map(
    (lock, at) => new Contest({ lock, kubeconfig, contentType, programs }, seededRandom(seed + at + 1)),
  );
  try {
    const played = await Promise.allSettled(
      contests.map((contest, at) =>
        contest.play(
          order.filter((_, index) => index % locks.length === at),
          at % 2 === 0 ? 'ours' : 'theirs',
        ),
      ),
    );
    const broken = played.filter((one) => one.status === 'rejected').map(({ reason }) => reason);
    if (broken.length > 0) throw new AggregateError(broken, broken.map(String).join('\n'));
  } finally {
    records.close();
  }
  const happenings = contests.map((contest) => contest.happenings);
  const writes = locks.map((lock, at) =>
    writesOf(records.of(lock), (after) => toldBefore(happenings[at] ?? [], after)),
  );
  return {
    rounds: contests.flatMap((contest) => contest.rounds),
    voids: contests.flatMap((contest) => contest.voids),
    happenings,
    writes,
    stampedMs: { ours: stamped('ours', happenings, writes), theirs: stamped('theirs', happenings, writes) },
  };
}

function wayList(rounds: number): Way[] {
  const list = Object.entries(shares).flatMap(([way, share]) =>
    new Array<Way>(Math.max(1, Math.round((share * rounds) / 100))).fill(way as Way),
  );
  return list;
}

function shuffled<T>(list: readonly T[], random: Random): T[] {
  return list
    .map((one) => ({ one, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one);
}

/** The offset between the wall clock of records and the clock of happenings, good to a few milliseconds. */
const wallMinusMonotonicUs = Date.now() * 1000 - monotonicUs();
const wallUs = (written: string) => Date.parse(written) * 1000 + Number(written.slice(23, 26));

/** Who was told to stop, or woken out of time, last before an emptied record was written. */
function toldBefore(happenings: readonly Happening[], { spec }: Version): Side {
  const untilUs = wallUs(spec.renewTime) - wallMinusMonotonicUs + 20_000;
  const told = happenings.filter(({ is, atUs }) => (is === 'told' || is === 'woken') && atUs <= untilUs);
  const last = told.at(-1);
  if (!last) throw new Error('a record was emptied although nobody was told to stop');
  return last.side;
}

function stamped(
  side: Side,
  happenings: readonly (readonly Happening[])[],
  writes: readonly (readonly Write[])[],
): number[] {
  return writes.flatMap((ofLock, at) =>
    ofLock
      .filter((write) => write.side === side && write.deed === 'take over')
      .flatMap(({ after }) => {
        const { holderIdentity, acquireTime } = after.spec;
        const said =
          happenings[at]?.filter(({ who, is }) => who === holderIdentity && is === 'acquired') ?? [];
        return said.slice(0, 1).map(({ atUs }) => (atUs + wallMinusMonotonicUs - wallUs(acquireTime)) / 1000);
      }),
  );
}
