// Candidates around one lock in virtual time: requests take a while, processes can be killed, frozen, cut off.
import { beginElection, stepElection } from '../../src/model/election.ts';
import type { ElectionRules } from '../../src/model/electionrules.ts';
import type { Answer, ElectionEvent, LockRequest, Saying, Turn } from '../../src/model/electionturn.ts';
import type { LockRecord } from '../../src/model/lock.ts';
import type { ElectionTerms } from '../../src/model/observation.ts';
import { type Random, seededRandom } from '../../src/model/random.ts';

export interface Said {
  readonly atMs: number;
  readonly who: string;
  readonly say: Saying;
}

interface Actor {
  turn: Turn;
  readonly terms: ElectionTerms;
  readonly skewMs: number;
  up: boolean;
  frozen: boolean;
  cutOff: 'no' | 'refused' | 'hanging';
  /** What happened while it was frozen, handled when it wakes. */
  missed: ElectionEvent[];
  generation: number;
}

export class ElectionWorld {
  nowMs = 0;
  readonly said: Said[] = [];
  record: LockRecord | null = null;
  readonly #actors = new Map<string, Actor>();
  readonly #random: Random;
  readonly #rules: ElectionRules;
  /** A request takes up to so long to the lock, and its answer as long back. */
  latencyMs: number;
  #version = 0;
  #queue: { atMs: number; order: number; run: () => void }[] = [];
  #order = 0;

  constructor(options: {
    readonly rules: ElectionRules;
    readonly seed: number;
    readonly latencyMs?: number;
  }) {
    this.#rules = options.rules;
    this.#random = seededRandom(options.seed);
    this.latencyMs = options.latencyMs ?? 3;
  }

  start(identity: string, terms: ElectionTerms, skewMs = 0, cutOff: Actor['cutOff'] = 'no'): void {
    const generation = (this.#actors.get(identity)?.generation ?? 0) + 1;
    const turn = beginElection({ identity, terms, rules: this.#rules }, this.#moment(skewMs));
    const actor: Actor = {
      turn,
      terms,
      skewMs,
      up: true,
      frozen: false,
      cutOff,
      missed: [],
      generation,
    };
    this.#actors.set(identity, actor);
    this.#take(identity, actor, turn);
  }

  kill(identity: string): void {
    this.#actor(identity).up = false;
  }

  freeze(identity: string): void {
    this.#actor(identity).frozen = true;
  }

  thaw(identity: string): void {
    const actor = this.#actor(identity);
    actor.frozen = false;
    for (const event of actor.missed.splice(0)) this.#step(identity, actor, event);
  }

  cut(identity: string, how: Actor['cutOff']): void {
    this.#actor(identity).cutOff = how;
  }

  /** Somebody edits the object and leaves the record alone: whoever writes without looking is refused. */
  touch(): void {
    this.#version += 1;
  }

  cancel(identity: string): void {
    this.#step(identity, this.#actor(identity), { is: 'cancel' });
  }

  /** Whoever acts as leader now. A frozen one does not act. */
  leaders(): string[] {
    return [...this.#actors]
      .filter(([, actor]) => actor.up && !actor.frozen && actor.turn.state.phase === 'leading')
      .map(([identity]) => identity);
  }

  candidates(): string[] {
    return [...this.#actors.keys()];
  }

  isUp(identity: string): boolean {
    return this.#actor(identity).up;
  }

  /** Runs until `untilMs`, or until `stop` says so after an event. */
  run(untilMs: number, stop: () => boolean = () => false): void {
    for (;;) {
      this.#queue.sort((one, other) => one.atMs - other.atMs || one.order - other.order);
      const first = this.#queue[0];
      if (!first || first.atMs > untilMs) break;
      this.#queue.shift();
      this.nowMs = first.atMs;
      first.run();
      if (stop()) return;
    }
    this.nowMs = untilMs;
  }

  /** When somebody other than `before` next says that it acquired the lock. */
  handover(before: string, withinMs = 120_000): number {
    const from = this.nowMs;
    const count = this.said.length;
    const acquired = () =>
      this.said.slice(count).find(({ who, say }) => who !== before && say.is === 'acquired');
    this.run(from + withinMs, () => acquired() !== undefined);
    const found = acquired();
    if (!found) throw new Error(`nobody took over from ${before}`);
    return found.atMs - from;
  }

  #actor(identity: string): Actor {
    const actor = this.#actors.get(identity);
    if (!actor) throw new Error(`${identity} was never started`);
    return actor;
  }

  #moment(skewMs: number) {
    return { nowMs: this.nowMs, wallMs: 1_795_000_000_000 + this.nowMs + skewMs, draw: this.#random() };
  }

  #at(atMs: number, run: () => void): void {
    this.#order += 1;
    this.#queue.push({ atMs, order: this.#order, run });
  }

  #step(identity: string, actor: Actor, event: ElectionEvent): void {
    if (!actor.up) return;
    if (actor.frozen) {
      actor.missed.push(event);
      return;
    }
    const candidate = { identity, terms: actor.terms, rules: this.#rules };
    this.#take(
      identity,
      actor,
      stepElection(candidate, actor.turn.state, { event, moment: this.#moment(actor.skewMs) }),
    );
  }

  #take(identity: string, actor: Actor, turn: Turn): void {
    actor.turn = turn;
    for (const say of turn.says) this.said.push({ atMs: this.nowMs, who: identity, say });
    const { next } = turn;
    const tell = (event: ElectionEvent) => {
      if (this.#actors.get(identity) === actor) this.#step(identity, actor, event);
    };
    if (next.do === 'end') actor.up = false;
    if (next.do === 'wait') this.#at(Math.max(next.untilMs, this.nowMs), () => tell({ is: 'woke' }));
    if (next.do !== 'request') return;
    const { id, request, dropAtMs } = next;
    const failed = (reason: string) => tell({ is: 'answer', id, answer: { is: 'failed', reason } });
    if (dropAtMs !== null)
      this.#at(Math.max(dropAtMs, this.nowMs), () => failed('context deadline exceeded'));
    const arrives = this.nowMs + this.latencyMs * this.#random();
    if (actor.cutOff === 'refused') this.#at(arrives, () => failed('connection refused'));
    if (actor.cutOff !== 'no') return;
    // The request is served even if its sender is gone by then.
    this.#at(arrives, () => {
      const answer = this.#serve(request);
      const back = this.nowMs + this.latencyMs * this.#random();
      this.#at(back, () => tell({ is: 'answer', id, answer }));
    });
  }

  #serve(request: LockRequest): Answer {
    const version = () => String(this.#version);
    if (request.verb === 'get') {
      if (!this.record) return { is: 'notFound', reason: 'not found' };
      return { is: 'found', record: this.record, resourceVersion: version() };
    }
    const allowed = request.verb === 'create' ? !this.record : request.resourceVersion === version();
    if (!allowed) return { is: 'failed', reason: 'the object has been modified' };
    this.record = request.record;
    this.#version += 1;
    return { is: 'written', resourceVersion: version() };
  }
}
