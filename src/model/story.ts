// The lab's own fold of the stream: the scene now, and as it was when the step was entered and the round began.
import type { Observation, RoundBegun } from './observation.ts';
import { emptyScene, type Scene, seeScene } from './scene.ts';
import type { RunMs } from './time.ts';
import type { WaysScene } from './ways.ts';

/** A moment to compare with. Scenes share what did not change, so keeping one costs nothing. */
export interface Moment {
  readonly scene: Scene;
  /** The last observation in it. */
  readonly seq: number;
}

export interface RoundStory {
  readonly begun: RoundBegun;
  /** The stream just before the round began. */
  readonly before: Moment;
  /** When the fault was issued; null until seen. */
  readonly issuedMs: RunMs | null;
  /** The master is verified to be as it was found. */
  readonly restored: boolean;
  /** Since the fault, the instance of the old leader has been seen not running. */
  readonly seenGone: boolean;
}

export interface Story {
  readonly scene: Scene;
  readonly seq: number;
  /** When the step now open was entered. */
  readonly entered: Moment;
  /** The newest round; null before the first. */
  readonly round: RoundStory | null;
  /** The newest round of each component. */
  readonly rounds: Readonly<Record<string, RoundStory>>;
  /** When a step was last entered to be done once more, by step: the `seq` of that. */
  readonly redone: Readonly<Record<string, number>>;
  /** By the master whose API server was stopped: what clients felt of it, the newest time. */
  readonly ways: Readonly<Record<string, WaysScene>>;
}

const beginning: Moment = { scene: emptyScene, seq: -1 };

export const emptyStory: Story = {
  scene: emptyScene,
  seq: -1,
  entered: beginning,
  round: null,
  rounds: {},
  ways: {},
  redone: {},
};

/** One more observation seen. Pure. */
export function seeStory(story: Story, o: Observation): Story {
  return toldWith(story, o, seeScene(story.scene, o));
}

/** As `seeStory`, where the scene with that observation in it is there already. */
export function toldWith(story: Story, o: Observation, scene: Scene): Story {
  const before: Moment = { scene: story.scene, seq: story.seq };
  const next = { ...story, scene, seq: Math.max(story.seq, o.seq) };
  if (o.kind === 'step' && o.phase === 'entered') {
    const redone = o.again ? { ...story.redone, [o.step]: o.seq } : story.redone;
    return { ...next, redone, entered: { scene: next.scene, seq: next.seq } };
  }
  const { ways } = next.scene;
  if (ways && (o.kind === 'ways' || o.kind === 'ask' || (o.kind === 'fault' && !ways.over)))
    return { ...next, ways: { ...story.ways, [ways.begun.stopped]: ways } };
  // The round in which an API server is stopped for its clients is not about who leads.
  if (ways && !ways.over && o.kind === 'round') return next;
  if (o.kind === 'round' && o.phase === 'begun') {
    return withRound(next, {
      begun: o,
      before,
      issuedMs: null,
      restored: false,
      seenGone: false,
    });
  }
  return next.round ? withRound(next, seeRound(next.round, o)) : next;
}

function withRound(story: Story, round: RoundStory): Story {
  if (story.round === round) return story;
  return { ...story, round, rounds: { ...story.rounds, [round.begun.component]: round } };
}

function seeRound(round: RoundStory, o: Observation): RoundStory {
  const { begun } = round;
  if (o.kind === 'fault' && o.round === begun.round) {
    if (o.phase === 'issued') return { ...round, issuedMs: o.atMs };
    if (o.phase === 'restored' || o.phase === 'disarmed') return { ...round, restored: true };
  }
  const ofOldLeader = o.kind === 'instance' && o.host === begun.from && o.component === begun.component;
  if (ofOldLeader && o.active !== 'active' && !round.restored) return { ...round, seenGone: true };
  return round;
}
