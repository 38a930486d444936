// The fold of a whole recording for reports: each round is read once, as it ends, so that ten thousand of them are no matter.

import type { Observation, RunBegun } from './observation.ts';
import { outsideRules } from './outsiderules.ts';
import { expectedOf } from './predictfault.ts';
import type { Predictions } from './predictions.ts';
import type { Round, Span } from './round.ts';
import { type Beat, beatOf } from './runbeats.ts';
import { LogShelf } from './runlogs.ts';
import type { MasterTold, RoundTold, RunTold } from './runtold.ts';
import { emptyScene, type Scene, seePresent } from './scene.ts';
import { settled } from './settled.ts';
import { lostBetween, type Standing, standingOf } from './standing.ts';
import { emptyTimeline, seeTimeline, type Timeline, timelineOf } from './timeline.ts';
import { verdictOf } from './verdict.ts';

export interface RunFoldWish {
  readonly predictions: Predictions;
  /** The longest handover that is good, as the run was told; null for any. */
  readonly limitOf: (run: RunBegun) => number | null;
  /** Rounds will be drawn: their beats are kept. */
  readonly pictures?: boolean;
  /** How many log lines of either weight to keep. Default 0. */
  readonly mostLogs?: number;
}

/** What stood when the round under way was armed, and where. */
interface Under {
  before: Standing;
  readonly armed: Set<string>;
  disarmed: boolean;
  readonly beats: Beat[];
  readonly restarts: boolean;
}

/** Rounds that a report draws one by one: of each sort, passed or not, no more. */
export const mostDrawn = 40;

/** How many beats before a round may still belong to it: a renewal and a look of each master. */
const keptBeats = 40;

export class RunFold {
  readonly #wish: RunFoldWish;
  readonly #logs: LogShelf;
  #scene: Scene = emptyScene;
  #timeline: Timeline = emptyTimeline;
  #under: Under | null = null;
  #lately: Beat[] = [];
  readonly #rounds: RoundTold[] = [];
  readonly #drawn = { passed: 0, odd: 0 };

  constructor(wish: RunFoldWish) {
    this.#wish = wish;
    this.#logs = new LogShelf(wish.mostLogs ?? 0);
  }

  see(o: Observation): void {
    this.#logs.see(o);
    this.#timeline = seeTimeline(this.#timeline, o);
    if (o.kind === 'log') {
      this.#beat(o);
      return;
    }
    this.#scene = seePresent(this.#scene, o);
    if (o.kind === 'round') this.#turn(o);
    if (o.kind === 'fault' && this.#under) {
      if (o.phase === 'disarmed') this.#under.disarmed = true;
      if (o.phase === 'armed') {
        this.#under.armed.add(o.host ?? '');
        this.#under.before = standingOf(this.#scene, o.component);
      }
    }
  }

  /** @param cut one sentence where the recording lacks its end. Null when it has no beginning either. */
  told(file: string, cut: string | null): RunTold | null {
    const { run, problems, ended, lastMs } = this.#scene;
    if (run === null) return null;
    const open = this.#under === null ? undefined : this.#timeline.rounds.at(-1);
    return {
      file,
      run,
      masters: Object.values(this.#scene.masters).map(masterTold),
      rounds: [...this.#rounds, ...(open ? [this.#tell(settled(open, lastMs), null)] : [])],
      problems,
      exit: ended,
      cut,
      lengthMs: lastMs,
      logs: this.#logs.lines,
      logsLeftOut: this.#logs.leftOut,
    };
  }

  #beat(o: Extract<Observation, { kind: 'log' }>): void {
    if (!this.#wish.pictures) return;
    const component = this.#timeline.open?.begun.component ?? o.component;
    const beat = component === o.component ? beatOf(o) : null;
    if (beat === null) return;
    if (this.#under) this.#under.beats.push(beat);
    else this.#lately = [...this.#lately.slice(1 - keptBeats), beat];
  }

  #turn({ phase, component, restarts }: Extract<Observation, { kind: 'round' }>): void {
    if (phase === 'begun') {
      const before = standingOf(this.#scene, component);
      this.#under = {
        before,
        armed: new Set(),
        disarmed: false,
        beats: this.#lately,
        restarts: restarts === true,
      };
      this.#lately = [];
      return;
    }
    const over = this.#timeline.rounds.at(-1);
    if (over && this.#under) this.#rounds.push(this.#tell(over, standingOf(this.#scene, component)));
    // Each round is told by now: kept there, ten thousand would be copied with each one more.
    this.#timeline = timelineOf({ ...this.#timeline, closed: [] });
    this.#under = null;
  }

  #tell(round: Round, after: Standing | null): RoundTold {
    const { component, from, fault, terms } = round;
    const before = this.#under?.before ?? standingOf(this.#scene, component);
    const standbys = before.units.filter(
      (unit) => unit.component === component && unit.master !== from && unit.active === 'active',
    ).length;
    const expected = this.#wish.predictions({ fault, terms, standbys });
    const band = expected && expectedOf(expected, round);
    const beats = this.#under?.beats ?? [];
    const maxHandoverMs = this.#scene.run ? this.#wish.limitOf(this.#scene.run) : null;
    const verdict = verdictOf(round, { maxHandoverMs, longestMs: band?.maxMs ?? null });
    const sort = verdict.verdict === 'passed' ? 'passed' : 'odd';
    this.#drawn[sort] += 1;
    return {
      round,
      lock: this.#scene.locks[component]?.seen.lock.kind ?? null,
      version: this.#scene.masters[from]?.instances[component]?.version ?? null,
      standbys,
      restarts: this.#under?.restarts ?? false,
      expected,
      counted: countedOf(round),
      verdict,
      outside: outsideRules(round, band),
      before,
      after,
      lost: after === null ? [] : lostBetween(before, after),
      disarmed: this.#under && this.#under.armed.size > 0 ? this.#under.disarmed : null,
      beats: this.#drawn[sort] > mostDrawn ? [] : beatsOf(beats, round),
    };
  }
}

/** The handover; after a lost store from its return, for how long it was gone is no rule's. */
function countedOf({ fault, handover, marks }: Round): Span | null {
  if (fault !== 'etcd' || handover === null) return handover;
  const at = (name: string) => marks.find((mark) => mark.name === name);
  const [back, acquired] = [at('faultEnded'), at('acquired')];
  if (!back || !acquired) return null;
  return { ms: acquired.atMs - back.atMs, errorMs: acquired.errorMs + back.errorMs };
}

/** From a little before the last renewal to the way back's end. */
function beatsOf(beats: readonly Beat[], { marks, terms }: Round): readonly Beat[] {
  const issuedMs = marks.find(({ name }) => name === 'faultIssued')?.atMs;
  if (issuedMs === undefined) return [];
  return beats
    .filter(({ atMs }) => atMs >= issuedMs - 3 * terms.retryPeriodMs)
    .sort((a, b) => a.atMs - b.atMs);
}

function masterTold({ name, address, clock, api, instances }: Scene['masters'][string]): MasterTold {
  return {
    name,
    address,
    clock: clock && { offsetMs: clock.offsetMs, errorMs: clock.offsetErrorMs },
    apiVersion: api?.version ?? null,
    instances: Object.values(instances).map(({ component, unit, version, argv, terms }) => ({
      component,
      unit,
      version,
      argv,
      terms,
    })),
  };
}
