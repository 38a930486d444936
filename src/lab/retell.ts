// A recorded lab told again: its plan and explanations as they stood, filled from the replayed stream alone.
import type { LabFeed, LabIntent } from '../model/labplan.ts';
import type { ComponentName } from '../model/lock.ts';
import type { Round } from '../model/round.ts';
import type { Scene } from '../model/scene.ts';
import { emptyStory, type Story } from '../model/story.ts';
import { StoryFold } from '../model/storyfold.ts';
import type { RunMs } from '../model/time.ts';
import type { Lab } from './format.ts';
import { explain, planLab } from './plan.ts';
import { steadySource } from './source.ts';
import type { Band, CommandText, LabSource } from './world.ts';

export interface Retelling {
  readonly lab: Lab;
  /** The replayed stream, without steps. */
  readonly feed: LabFeed;
  /** By the timing in a scene of the replay; null where it does not show enough. */
  readonly predicted: (scene: Scene, component: ComponentName) => Band | null;
  /** By its own fault, for a round of the replay. */
  readonly expected: (scene: Scene, round: Round) => Band | null;
  readonly recording: string | null;
  /** When each step was entered first, on the run's clock: where its keys go in a replay. */
  readonly entered?: Readonly<Record<string, RunMs>>;
}

/** The same feed, with the lab's steps. */
export function retellLab({ lab, feed, predicted, expected, recording, entered }: Retelling): LabFeed {
  let fold = new StoryFold();
  /** Another story to fill from than that of now. */
  let looked: Story | null = null;
  const source = sourceOf(() => looked ?? fold.story, { predicted, expected, recording });
  let lasting = steadySource(source);
  let planned: { readonly of: Story; readonly plan: ReturnType<typeof planLab> } | null = null;
  feed.subscribe(
    (observation) => {
      // Going back in a replay begins the stream anew.
      if (observation.kind === 'run') lasting = steadySource(source);
      fold.see(observation);
      if (observation.kind === 'round') lasting.predicted(observation.component);
    },
    ({ scene, seq, story = { ...emptyStory, scene, seq } }) => {
      fold = new StoryFold(story);
      lasting = steadySource(source);
      for (const { begun, before } of Object.values(story.rounds)) {
        looked = { ...story, scene: before.scene };
        lasting.predicted(begun.component);
      }
      looked = null;
    },
  );
  const input = () => {
    const { story } = fold;
    return { lab, story, source: { ...lasting, masters: story.scene.run?.masters ?? [] } };
  };
  const told: LabFeed = {
    plan() {
      const { story } = fold;
      if (planned?.of !== story) planned = { of: story, plan: planLab(input()) };
      return planned.plan;
    },
    explanation: (step) => explain(step, input()),
    subscribe: (listener, resume) => feed.subscribe(listener, resume),
    intend(intent) {
      const step = stepMeant(intent, lab, fold.scene.step);
      const ms = step === null ? undefined : entered?.[step];
      if (ms !== undefined) feed.playback?.seek(ms);
    },
    nowMs: () => feed.nowMs(),
  };
  // Its fields are read anew for each frame, so it stays a getter.
  if (!feed.playback) return told;
  return Object.defineProperty(told, 'playback', { get: () => feed.playback, enumerable: true });
}

/** The step that a key leads to; null for what cannot be done in a replay. */
function stepMeant(intent: LabIntent, { steps }: Lab, open: string | null): string | null {
  if (intent.want === 'goto') return intent.step;
  if (intent.want !== 'next' && intent.want !== 'back') return null;
  const at = steps.findIndex(({ id }) => id === open);
  return steps[at + (intent.want === 'next' ? 1 : -1)]?.id ?? null;
}

/** What a replayed lab's texts and checks are filled from. */
export function sourceOf(
  story: () => Story,
  { predicted, expected, recording }: Pick<Retelling, 'predicted' | 'expected' | 'recording'>,
): LabSource {
  return {
    recording,
    masters: [],
    rounds: () => story().scene.timeline.rounds,
    predicted: (component) => predicted(story().scene, component),
    expected: (round) => expected(story().scene, round),
    commandLine: (_, argv, sudo) => [...(sudo ? ['sudo', '-n'] : []), ...argv].join(' '),
    planFault: ({ fault }) => typedFor(story(), fault),
    planWays: () => typedFor(story(), 'apiserver'),
  };
}

function typedFor({ scene }: Story, fault: string): readonly CommandText[] {
  return scene.commands
    .filter(({ why, phase }) => why === `fault ${fault}` && phase === 'shown')
    .slice(-1)
    .map(({ host, text }) => ({ host, text }));
}
