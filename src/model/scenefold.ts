// The scene of a stream that may bring thousands of log lines a second: lines are tallied, and folded in when somebody looks.
import { talliesOf } from './looks.ts';
import type { Observation } from './observation.ts';
import { emptyScene, type LogCount, type MasterScene, type Scene, seeScene } from './scene.ts';
import { seeTimeline, type Timeline } from './timeline.ts';

type LogSeen = Extract<Observation, { kind: 'log' }>;

/** One log's lines since the last look. */
interface Tally {
  readonly master: string;
  readonly component: string;
  lines: number;
  lastMs: number;
  readonly events: Record<string, LogCount>;
}

/** As `seeScene` from observation to observation, without a new scene for every line. */
export class SceneFold {
  #scene: Scene;
  #timeline: Timeline;
  #lastMs = 0;
  #tallies = new Map<string, Tally>();

  /** Goes on from a scene; without one, from the beginning. */
  constructor(scene: Scene = emptyScene) {
    this.#scene = scene;
    this.#timeline = scene.timeline;
  }

  see(o: Observation): void {
    if (o.kind === 'log' && o.host !== null) {
      this.#tally(o, o.host);
      return;
    }
    this.#scene = seeScene(this.scene, o);
    this.#timeline = this.#scene.timeline;
  }

  get scene(): Scene {
    if (this.#tallies.size > 0) {
      this.#scene = {
        ...this.#scene,
        masters: this.#masters(),
        timeline: this.#timeline,
        lastMs: Math.max(this.#scene.lastMs, this.#lastMs),
      };
      this.#tallies = new Map();
    }
    return this.#scene;
  }

  #tally(o: LogSeen & { readonly atMs: number }, master: string): void {
    const key = `${master} ${o.component}`;
    let tally = this.#tallies.get(key);
    if (!tally) {
      tally = { master, component: o.component, lines: 0, lastMs: 0, events: {} };
      this.#tallies.set(key, tally);
    }
    tally.lines += 1;
    tally.lastMs = o.atMs;
    this.#lastMs = Math.max(this.#lastMs, o.atMs);
    if (o.event === null) return;
    for (const is of talliesOf({ event: o.event, component: o.component }))
      tally.events[is] = { count: (tally.events[is]?.count ?? 0) + 1, lastMs: o.atMs, lastLine: o.line };
    this.#timeline = seeTimeline(this.#timeline, o);
  }

  #masters(): Scene['masters'] {
    const masters = { ...this.#scene.masters };
    for (const { master: name, component, lines, lastMs, events } of this.#tallies.values()) {
      const unknown: MasterScene = {
        name,
        address: '',
        host: null,
        clock: null,
        api: null,
        instances: {},
        logs: {},
      };
      const master = masters[name] ?? unknown;
      const before = master.logs[component];
      const counted: Record<string, LogCount> = { ...before?.events };
      for (const [is, more] of Object.entries(events))
        counted[is] = { ...more, count: (counted[is]?.count ?? 0) + more.count };
      const log = { lines: (before?.lines ?? 0) + lines, lastMs, events: counted };
      masters[name] = { ...master, logs: { ...master.logs, [component]: log } };
    }
    return masters;
  }
}
