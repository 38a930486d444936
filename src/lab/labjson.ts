// The one object `lab --auto --json` prints: every step and check with why, the guesses, the rounds, the verdict.
import { type PredictedBand, type RoundJson, roundJson } from '../model/failoverJson.ts';
import { readTime } from '../model/rfc3339.ts';
import type { Round } from '../model/round.ts';
import type { Scene } from '../model/scene.ts';
import type { CheckState } from './examine.ts';
import type { Lab } from './format.ts';
import type { LabResult, StepResult } from './unattended.ts';

export interface LabJson {
  readonly version: 1;
  readonly tool: string;
  readonly lab: string;
  readonly title: string;
  readonly target: string;
  /** Where the run is recorded; null when it is not. */
  readonly recording: string | null;
  readonly verdict: 'passed' | 'failed' | 'interrupted';
  /** The same in one bit. */
  readonly ok: boolean;
  readonly steps: readonly StepJson[];
  readonly guesses: readonly { readonly step: string; readonly guess: string }[];
  readonly rounds: readonly (RoundJson & { readonly component: string; readonly fault: string })[];
}

/** `not-reached`: after the step that failed. Its checks were not judged. */
export interface StepJson extends Omit<StepResult, 'verdict' | 'checks'> {
  readonly verdict: StepResult['verdict'] | 'not-reached';
  readonly checks: readonly (Omit<CheckState, 'ok'> & { readonly ok: boolean | null })[];
}

/** As much of a lab as is told of it. */
export interface ToldLab extends Pick<Lab, 'name' | 'title'> {
  readonly steps: readonly (Pick<Lab['steps'][number], 'id' | 'title'> & {
    readonly checks: readonly { readonly id: string; readonly title: string; readonly optional: boolean }[];
  })[];
}

export interface LabRun {
  readonly lab: ToldLab;
  readonly scene: Scene;
  readonly result: LabResult;
  readonly recording: string | null;
  readonly interrupted: boolean;
  /** What the rules lead to expect of a round, milliseconds; null where that is not known. */
  readonly predicted: (round: Round) => PredictedBand | null;
}

export function labJson({ lab, scene, result, recording, interrupted, predicted }: LabRun): LabJson {
  const { run, timeline } = scene;
  const startedAtMs = readTime(run?.startedAt ?? '') ?? 0;
  const verdict = interrupted ? 'interrupted' : result.ok ? 'passed' : 'failed';
  const steps = everyStep(lab, result);
  return {
    version: 1,
    tool: run?.tool ?? '',
    lab: lab.name,
    title: lab.title,
    target: run?.target ?? '',
    recording,
    verdict,
    ok: verdict === 'passed',
    steps,
    guesses: steps.flatMap(({ step, guess }) => (guess === null ? [] : [{ step, guess }])),
    rounds: timeline.rounds.map((round) => ({
      component: round.component,
      fault: round.fault,
      ...roundJson(round, { context: { predicted, maxHandoverMs: null }, startedAtMs }),
    })),
  };
}

function everyStep({ steps }: ToldLab, { steps: walked }: LabResult): readonly StepJson[] {
  const reached = new Set(walked.map(({ step }) => step));
  const last = walked.at(-1)?.step;
  const after = steps.slice(steps.findIndex(({ id }) => id === last) + 1);
  const unreached = after
    .filter(({ id }) => !reached.has(id))
    .map(({ id, title, checks }) => ({
      step: id,
      title,
      verdict: 'not-reached' as const,
      missing: checks.filter(({ optional }) => !optional).map((check) => check.title),
      tookMs: 0,
      guess: null,
      checks: checks.map((check) => ({
        id: check.id,
        title: check.title,
        optional: check.optional,
        ok: null,
        why: 'not reached',
      })),
    }));
  return [...walked, ...unreached];
}
