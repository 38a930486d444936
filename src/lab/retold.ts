// What a recorded lab came to, read off its stream: each step as it stood when it was left, in the words of its run.
import { micros } from '../model/failoverJson.ts';
import type { Observation } from '../model/observation.ts';
import type { Scene } from '../model/scene.ts';
import { emptyStory, type Story, seeStory } from '../model/story.ts';
import type { RunMs } from '../model/time.ts';
import { type CheckState, examine } from './examine.ts';
import type { Lab } from './format.ts';
import type { LabRun, ToldLab } from './labjson.ts';
import { type Retelling, sourceOf } from './retell.ts';
import { missingOf } from './route.ts';
import { steadySource } from './source.ts';
import type { StepResult } from './unattended.ts';

export interface Retold extends Omit<Retelling, 'lab' | 'feed' | 'entered'> {
  /** Null where this kha-lab has no such lab any more: then the stream alone tells of it. */
  readonly lab: Lab | null;
}

export class LabRetold {
  readonly #wish: Retold;
  readonly #source: ReturnType<typeof steadySource>;
  #story: Story = emptyStory;
  /** When the open step was entered. */
  #enteredMs: RunMs = 0;
  #results = new Map<string, StepResult>();

  constructor(wish: Retold) {
    this.#wish = wish;
    this.#source = steadySource(sourceOf(() => this.#story, wish));
  }

  see(o: Observation): void {
    if (o.kind === 'end' || (o.kind === 'step' && o.phase === 'entered')) this.#leave(o.atMs);
    if (o.kind === 'step' && o.phase === 'entered') this.#enteredMs = o.atMs;
    this.#story = seeStory(this.#story, o);
    if (o.kind === 'round') this.#source.predicted(o.component);
  }

  /** Once the stream is over. A recording without its end tells of a lab that was interrupted. */
  run(): Omit<LabRun, 'predicted'> {
    const { scene } = this.#story;
    if (scene.ended === null) this.#leave(scene.lastMs);
    const lab = this.#lab();
    const order = lab.steps.map(({ id }) => id);
    const steps = [...this.#results.values()].sort((a, b) => order.indexOf(a.step) - order.indexOf(b.step));
    const last = order.at(-1);
    const done = last === undefined ? scene.ended === 0 : this.#results.has(last);
    const ok = done && steps.every(({ verdict }) => verdict !== 'failed');
    return {
      lab,
      scene,
      result: { ok, steps },
      recording: this.#wish.recording,
      interrupted: scene.ended === null || scene.ended === 130 || (isGuided(scene) && !ok),
    };
  }

  #leave(atMs: RunMs): void {
    const { scene } = this.#story;
    const id = scene.step;
    if (id === null) return;
    const { title, skip, missing, checks } = this.#stand(id);
    const isPassed = scene.passed.includes(id) || missing.length === 0;
    const goesOn = skip && scene.ended !== 130;
    this.#results.set(id, {
      step: id,
      title,
      verdict: isPassed ? 'passed' : goesOn ? 'skipped' : 'failed',
      missing: isPassed ? [] : missing,
      tookMs: micros(atMs - this.#enteredMs),
      guess: scene.guesses[id] ?? null,
      checks,
    });
  }

  #stand(id: string): Pick<StepResult, 'title' | 'missing' | 'checks'> & { readonly skip: boolean } {
    const { lab } = this.#wish;
    const open = lab?.steps.find((step) => step.id === id);
    if (!lab || !open) {
      const checks = recordedOf(this.#story.scene, id);
      return {
        title: id,
        skip: false,
        checks,
        missing: checks.filter(({ ok }) => !ok).map(({ title }) => title),
      };
    }
    const story = this.#story;
    const source = { ...this.#source, masters: story.scene.run?.masters ?? [] };
    const stand = {
      lab,
      source,
      story,
      open,
      passedBefore: new Set<string>(),
      jumpedOver: new Set<string>(),
    };
    const recorded = new Map(recordedOf(story.scene, id).map((one) => [one.id, one]));
    // The run's word counts: what was judged then may be judged otherwise today.
    const checks = examine(open, stand).all.map((state): CheckState => {
      const then = recorded.get(state.id);
      return then && then.ok !== state.ok ? { ...state, ok: then.ok, why: then.why } : state;
    });
    return { title: open.title, skip: open.skip, checks, missing: missingOf(stand) };
  }

  #lab(): ToldLab {
    const name = this.#story.scene.run?.lab ?? '';
    return this.#wish.lab ?? { name, title: name, steps: [] };
  }
}

function recordedOf(scene: Scene, step: string): readonly CheckState[] {
  return Object.values(scene.checks)
    .filter((check) => check.step === step)
    .map(({ id, title, ok, detail }) => ({ id, title, ok, optional: false, why: detail }));
}

/** On screens a person leaves a lab where they like, and that is no failure of it. */
function isGuided({ run }: Scene): boolean {
  return run !== null && run.flags?.auto !== true && !run.command.includes('--auto');
}
