// What every check has in common: its own words, what it may look at, and what it answers.
import * as z from 'zod';
import type { ComponentName } from '../../model/lock.ts';
import type { CommandRun, Stamp } from '../../model/observation.ts';
import type { Round } from '../../model/round.ts';
import { emptyScene } from '../../model/scene.ts';
import type { Moment } from '../../model/story.ts';
import type { WaysScene } from '../../model/ways.ts';
import type { Cast } from '../who.ts';
import type { CheckWords } from '../words/englishchecks.ts';
import type { LabWords } from '../words/words.ts';

export const component = z.enum([
  'kube-scheduler',
  'kube-controller-manager',
]) satisfies z.ZodType<ComponentName>;

export const since = z
  .enum(['start', 'step', 'fault'])
  .default('start')
  .describe('Count only what was seen since the step was entered, or since the last round began.');

/** For checks of a round: a lab with several faults asks for the one of this step. */
export const roundSince = z
  .enum(['start', 'step'])
  .default('start')
  .describe('Count the last round of the run, or only one that began since the step was entered.');

/** Whether the last round counts. */
export function roundCounts(
  from: z.infer<typeof roundSince>,
  { story }: Cast,
  of: z.infer<typeof component>,
): boolean {
  const round = story.rounds[of];
  if (!round) return false;
  return from === 'start' || round.before.seq >= story.entered.seq;
}

/** Fields of every check, whatever it looks at. */
export const common = {
  id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'lower-case words joined by -'),
  title: z.string().min(1).describe('A few words beside a tick; templates are filled in.'),
  sort: z
    .enum(['edge', 'level'])
    .default('level')
    .describe('An edge stays passed once it was true; a level is judged again whenever something changes.'),
  optional: z.boolean().default(false).describe('Shown, but not needed to go on.'),
};

export interface CheckView extends Cast {
  /** What clients felt of the API server that the step stops; null before. */
  readonly ways: WaysScene | null;
  /** Every round so far, measured. */
  readonly rounds: readonly Round[];
  /** Commands of an action of this step that have ended, and how many it has in all. */
  ran(action: string): { readonly of: number; readonly ended: readonly (Stamp & CommandRun)[] };
  /** What a verdict is said in. */
  readonly words: CheckWords;
  readonly unitWords: LabWords['units'];
  /** Names in a sentence of that language. */
  readonly listed: (names: readonly string[]) => string;
  /** A text with its templates filled in; null while a value is not known. */
  filled(text: string): string | null;
}

export interface Verdict {
  readonly ok: boolean;
  /** What was found, in a few words. */
  readonly detail: string;
  /** Nothing is wrong, it is only not there yet: told only when asked for. */
  readonly waiting?: boolean;
  /** What to do when it is not ok, one sentence. */
  readonly tryThis?: string;
}

/** The moment a `since` counts from; null when there was no round yet. */
export function baseline(from: z.infer<typeof since>, { story }: Cast): Moment | null {
  if (from === 'start') return { scene: emptyScene, seq: -1 };
  return from === 'step' ? story.entered : (story.round?.before ?? null);
}
