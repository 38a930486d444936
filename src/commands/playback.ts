// Plays a recording into a feed at its own pace: pause, speed, seek, next mark.
import type { LabFeed, Playback } from '../model/labplan.ts';
import type { Observation } from '../model/observation.ts';
import type { Clock } from '../model/time.ts';

export interface Player {
  readonly feed: LabFeed;
  stop(): void;
}

const tickMs = 50;
const slowest = 0.25;
const fastest = 64;

/** When an observation was there to be seen: a log line when it arrived, all else when it happened. */
function shownAt(observation: Observation): number {
  return observation.kind === 'log' ? observation.arrivedMs : observation.atMs;
}

const isMark = ({ kind }: Observation) =>
  kind === 'fault' || kind === 'leader' || kind === 'round' || kind === 'step';

/** A handover begins with its fault, and one that nobody made with another leader. */
function handoversOf(tape: readonly Observation[]): readonly number[] {
  const issued = tape.filter((one) => one.kind === 'fault' && one.phase === 'issued');
  if (issued.length > 0) return issued.map(shownAt);
  return tape.flatMap((one) => (one.kind === 'log' && one.event?.is === 'acquired' ? [shownAt(one)] : []));
}

/** Seen from a little before: what a fault does is seen best from its beginning. */
const leadMs = 1000;

export function createPlayback(
  tape: readonly Observation[],
  options: { clock: Clock; speed: number },
): Player {
  const { clock } = options;
  const listeners = new Set<(observation: Observation) => void>();
  const marks = inOrder(tape.filter(isMark).map(shownAt));
  const handovers = inOrder(handoversOf(tape).map((ms) => Math.max(0, ms - leadMs)));
  const lengthMs = tape.reduce((longest, observation) => Math.max(longest, shownAt(observation)), 0);
  let speed = Math.min(fastest, Math.max(slowest, options.speed || 1));
  let playing = true;
  let positionMs = 0;
  let next = 0;
  let toldMs = clock();

  /** While it plays, the place just jumped to is behind us already: twice back must be two places back. */
  const passedMs = () => (playing ? 1000 * speed : 0);
  const tell = (observation: Observation) => {
    for (const listener of listeners) listener(observation);
  };
  const showUpTo = (ms: number) => {
    positionMs = Math.min(lengthMs, Math.max(0, ms));
    for (let one = tape[next]; one && shownAt(one) <= positionMs; one = tape[next]) {
      tell(one);
      next += 1;
    }
    if (positionMs >= lengthMs) playing = false;
  };
  const timer = setInterval(() => {
    const now = clock();
    if (playing) showUpTo(positionMs + (now - toldMs) * speed);
    toldMs = now;
  }, tickMs);

  const playback: Playback = {
    get playing() {
      return playing;
    },
    get speed() {
      return speed;
    },
    get positionMs() {
      return positionMs;
    },
    lengthMs,
    toggle() {
      if (!playing && positionMs >= lengthMs) this.seek(0);
      playing = !playing;
    },
    faster() {
      speed = Math.min(fastest, speed * 2);
    },
    slower() {
      speed = Math.max(slowest, speed / 2);
    },
    seek(ms) {
      if (ms < positionMs) next = 0;
      showUpTo(ms);
    },
    nextMark() {
      const next = marks.find((ms) => ms > positionMs);
      if (next !== undefined) this.seek(next);
    },
    previousMark() {
      this.seek(marks.findLast((ms) => ms < positionMs - passedMs()) ?? 0);
    },
    nextHandover() {
      const next = handovers.find((ms) => ms > positionMs);
      if (next !== undefined) this.seek(next);
    },
    previousHandover() {
      this.seek(handovers.findLast((ms) => ms < positionMs - passedMs()) ?? 0);
    },
  };
  return {
    feed: {
      plan: () => null,
      explanation: () => null,
      intend: () => {},
      nowMs: () => positionMs,
      playback,
      subscribe(listener) {
        for (const observation of tape.slice(0, next)) listener(observation);
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    stop: () => clearInterval(timer),
  };
}

function inOrder(times: readonly number[]): readonly number[] {
  return [...new Set(times)].sort((a, b) => a - b);
}
