// Plays a recording into a feed at its own pace: pause, speed, seek, next mark.
import type { LabFeed, Playback, Standpoint } from '../model/labplan.ts';
import type { Observation } from '../model/observation.ts';
import type { Clock, RunMs } from '../model/time.ts';
import type { Reel } from '../recording/reel.ts';

export interface Player {
  readonly feed: LabFeed;
  stop(): void;
}

const tickMs = 50;
const slowest = 0.25;
const fastest = 64;

/** Seen from a little before: what a fault does is seen best from its beginning. */
const leadMs = 1000;

interface Listener {
  readonly see: (observation: Observation) => void;
  readonly resume: (from: Standpoint) => void;
}

export function createPlayback(reel: Reel, options: { clock: Clock; speed: number }): Player {
  const { clock } = options;
  const listeners = new Set<Listener>();
  const { marks, lengthMs } = reel.cues;
  const handovers = reel.cues.handovers.map((ms) => Math.max(0, ms - leadMs));
  let speed = Math.min(fastest, Math.max(slowest, options.speed || 1));
  let playing = true;
  let positionMs = 0;
  /** False before the first observation was told. */
  let begun = false;
  let toldMs = clock();

  /** While it plays, the place just jumped to is behind us already: twice back must be two places back. */
  const passedMs = () => (playing ? 1000 * speed : 0);
  let stopped = false;
  const goTo = (ms: RunMs) => {
    const from = reel.rewind(ms);
    if (from) for (const { resume } of listeners) resume(from);
  };
  const showUpTo = (ms: number) => {
    positionMs = Math.min(lengthMs, Math.max(0, ms));
    if (reel.isFar(positionMs)) goTo(positionMs);
    for (let one = reel.next(positionMs); one; one = reel.next(positionMs)) {
      begun = true;
      for (const { see } of listeners) see(one);
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
      if (stopped) return;
      if (ms < positionMs) goTo(Math.max(0, ms));
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
      subscribe(see, resume = () => {}) {
        const listener = { see, resume };
        if (begun) catchUp(reel.again(), positionMs, listener);
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    stop() {
      stopped = true;
      clearInterval(timer);
      reel.close();
    },
  };
}

/** Tells what was told so far. */
function catchUp(reel: Reel, positionMs: RunMs, { see, resume }: Listener): void {
  const from = reel.isFar(positionMs) ? reel.rewind(positionMs) : null;
  if (from) resume(from);
  for (let one = reel.next(positionMs); one; one = reel.next(positionMs)) see(one);
}
