// Rounds around one lock: one of ours and one of client-go's, and every way that one of them can go.
import { setTimeout as wait } from 'node:timers/promises';
import type { Random } from '../../src/model/random.ts';
import { type Candidate, type CandidatePlan, startCandidate, terms } from './candidate.ts';
import { type Happening, monotonicUs, type Side } from './happening.ts';
import { bounds } from './judge.ts';

/**
 * `kill` SIGKILL; `term` SIGTERM with a release; `freeze` SIGSTOP, woken after the handover; `zombie` the same, but told to
 * stop while frozen; `nap` frozen for less than a lease; `doze` the standby frozen for longer than a lease; `return` killed
 * and started again at once under the same identity.
 */
export const ways = ['kill', 'term', 'freeze', 'zombie', 'nap', 'doze', 'return'] as const;
export type Way = (typeof ways)[number];

export interface Round {
  readonly way: Way;
  /** Who led. */
  readonly from: Side;
  /** Who leads afterwards. */
  readonly to: Side;
  /** From the fault to the other's `acquired`; null where nobody was to take over. */
  readonly handoverMs: number | null;
  /** How long a woken ex-leader went on. */
  readonly onMs: number | null;
}

interface Pair {
  readonly leader: Candidate;
  readonly standby: Candidate;
}

export class Contest {
  readonly happenings: Happening[] = [];
  readonly rounds: Round[] = [];
  /** Rounds that came to nothing, and why: where a machine stands still for a renew deadline, a leader rightly goes. */
  readonly voids: { readonly way: Way; readonly why: string }[] = [];
  readonly #plan: Omit<CandidatePlan, 'side' | 'happenings'>;
  readonly #random: Random;
  readonly #alive = new Set<Candidate>();

  constructor(plan: Omit<CandidatePlan, 'side' | 'happenings'>, random: Random) {
    this.#plan = plan;
    this.#random = random;
  }

  /** Plays the ways one after another. `first` creates the lock. */
  async play(order: readonly Way[], first: Side): Promise<void> {
    try {
      let pair = await this.#begin(first);
      for (const way of order) {
        const { side } = pair.leader;
        try {
          pair = await this.#round(way, pair);
        } catch (error) {
          this.voids.push({ way, why: String(error) });
          await this.#clear();
          pair = await this.#begin(side);
        }
      }
    } finally {
      await this.#clear();
    }
  }

  async #begin(first: Side): Promise<Pair> {
    const leader = this.#start(first);
    await leader.wants('acquired');
    return { leader, standby: this.#start(other(first)) };
  }

  async #clear(): Promise<void> {
    const left = [...this.#alive];
    for (const candidate of left) candidate.signal('SIGKILL');
    await Promise.all(left.map((candidate) => this.#gone(candidate)));
  }

  async #round(way: Way, { leader, standby }: Pair): Promise<Pair> {
    await standby.wants('observed', { holder: leader.identity });
    // Anywhere within a renewal, and past the standby's first wait.
    await wait(terms.retryMs * (1 + 1.5 * this.#random()));
    const said = { way, from: leader.side, to: standby.side };
    if (way === 'nap') return this.#nap({ leader, standby });
    if (way === 'doze') return this.#doze({ leader, standby });
    if (way === 'return') return this.#return({ leader, standby });
    const fault = leader.signal(way === 'kill' ? 'SIGKILL' : way === 'term' ? 'SIGTERM' : 'SIGSTOP');
    const longestMs = bounds.silent.max + 10_000;
    const acquired = await standby.wants('acquired', { sinceUs: fault.atUs, withinMs: longestMs });
    const handoverMs = (acquired.atUs - fault.atUs) / 1000;
    let onMs: number | null = null;
    if (way === 'freeze' || way === 'zombie') {
      await wait(this.#random() * terms.retryMs);
      if (way === 'zombie') leader.signal('SIGTERM');
      const woken = leader.signal('SIGCONT');
      const stopped = await leader.wants('stopped', { sinceUs: woken.atUs });
      if (way === 'freeze') onMs = (stopped.atUs - woken.atUs) / 1000;
    }
    await this.#gone(leader);
    // An emptied record is the successor's again after its next renewal.
    if (way === 'zombie') await wait(1.5 * terms.retryMs);
    this.rounds.push({ ...said, handoverMs, onMs });
    return { leader: standby, standby: this.#start(leader.side) };
  }

  /** Frozen too briefly for the lease to run out: it must go on leading. */
  async #nap({ leader, standby }: Pair): Promise<Pair> {
    leader.signal('SIGSTOP');
    await wait(this.#random() * (bounds.silent.min - terms.retryMs / 2));
    leader.signal('SIGCONT');
    await wait(terms.renewMs + terms.retryMs / 2);
    return this.#stays('nap', { leader, standby });
  }

  /** Frozen for longer than a lease: what it saw last is stale, and it must not act on it. */
  async #doze({ leader, standby }: Pair): Promise<Pair> {
    standby.signal('SIGSTOP');
    await wait(terms.leaseMs + this.#random() * terms.retryMs);
    standby.signal('SIGCONT');
    await wait(1.5 * terms.retryMs);
    return this.#stays('doze', { leader, standby });
  }

  async #return({ leader, standby }: Pair): Promise<Pair> {
    const { atUs } = leader.signal('SIGKILL');
    await this.#gone(leader);
    const back = this.#start(leader.side, leader.identity);
    await back.wants('acquired', { sinceUs: atUs });
    await wait(1.5 * terms.retryMs);
    return this.#stays('return', { leader: back, standby });
  }

  #stays(way: Way, pair: Pair): Pair {
    const { leader, standby } = pair;
    const went = this.happenings.filter(
      ({ who, is, atUs }) =>
        (who === standby.identity && is === 'acquired') ||
        (who === leader.identity && is === 'stopped' && atUs < monotonicUs()),
    );
    if (went.length > 0) throw new Error(`${way} cost ${leader.identity} the lock: ${JSON.stringify(went)}`);
    this.rounds.push({ way, from: leader.side, to: leader.side, handoverMs: null, onMs: null });
    return pair;
  }

  #start(side: Side, identity?: string): Candidate {
    const { happenings } = this;
    const candidate = startCandidate({ ...this.#plan, side, happenings, ...(identity && { identity }) });
    this.#alive.add(candidate);
    return candidate;
  }

  async #gone(candidate: Candidate): Promise<void> {
    await candidate.exited();
    this.#alive.delete(candidate);
  }
}

function other(side: Side): Side {
  return side === 'ours' ? 'theirs' : 'ours';
}
