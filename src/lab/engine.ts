// The lab's engine: keeps the story, judges the open step's checks, does what a person asks, refuses kindly.
import type { LabFeed, LabIntent, LabPlan } from '../model/labplan.ts';
import { emptyStory, seeStory } from '../model/story.ts';
import { type Aside, asideCommands, type Typed, typeAside } from './aside.ts';
import { type CheckState, examine } from './examine.ts';
import type { Lab, Step } from './format.ts';
import { actionNamed, mayGuess } from './gate.ts';
import { performer } from './perform.ts';
import { explain, planLab, type Ready } from './plan.ts';
import { type Kept, keeper, type Progress } from './progress.ts';
import { problemOf, refusal } from './refusal.ts';
import {
  missingOf,
  type Stand,
  stepAfter,
  stepBefore,
  stepNamed,
  stepToRedo,
  stepToResume,
  waitsForGuess,
} from './route.ts';
import { steadySource } from './source.ts';
import { tell } from './telling.ts';
import { wordsIn } from './words/words.ts';
import type { LabWorld } from './world.ts';

export interface LabEngine extends LabFeed {
  readonly lab: Lab;
  plan(): LabPlan;
  /** The step now open. */
  step(): Step;
  /** What keeps the open step from being done, in words; empty when it is done. */
  missing(): readonly string[];
  /** The checks of a step, the open one when left out, judged now. */
  checks(step?: string): readonly CheckState[];
  /** For drivers: a command that is none of the step's actions; none while it is not known where it would run. */
  aside(command: Aside): readonly Ready[];
  type(commands: readonly Ready[], why: string): Promise<readonly Typed[]>;
  /** Settles once the action under way, if any, has ended, whatever came of it. */
  settled(): Promise<void>;
  /** How often something asked for could not be done, or was refused, so far. */
  failures(): number;
  /** Settles when the last step is done, or was left by `next`. */
  readonly finished: Promise<void>;
  /** Ends what is under way (a fault's way back included) and stops listening. */
  close(): Promise<void>;
}

export interface OpenLab {
  readonly lab: Lab;
  readonly world: LabWorld;
  readonly progress?: Progress;
  /** Where to take it up again: what `progress.load()` gave, if the person wants that. */
  readonly resume?: Kept | null;
  /** The step to begin at, whatever was done before; or the earlier one it looks back on. */
  readonly from?: string;
}

export function openLab({ lab, world, progress, resume = null, from }: OpenLab): LabEngine {
  const last = lab.steps.at(-1);
  // A lab that was done to its end is begun anew.
  const earlier = resume?.lab === lab.name && !(last && resume.passed.includes(last.id)) ? resume : null;
  let stand: Stand = {
    lab,
    source: steadySource(world),
    story: emptyStory,
    open: firstOf(lab),
    passedBefore: new Set(earlier?.passed),
    jumpedOver: new Set(from === undefined ? [] : before(lab, from)),
  };
  let lookDue = false;
  let closed = false;
  let planned: { readonly of: Stand; readonly plan: LabPlan } | null = null;
  let finish: () => void = () => {};
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  let failures = 0;
  const fail = (error: unknown): void => {
    failures += 1;
    world.note(problemOf(error));
  };
  const hands = performer({ world, fail, ended: lookSoon });
  const keep = keeper({ progress, fail });

  function enter(step: Step, how: { readonly again?: true } = {}): void {
    const passedBefore = new Set(stand.passedBefore);
    if (how.again) passedBefore.delete(step.id);
    stand = { ...stand, open: step, passedBefore };
    world.note({ kind: 'step', step: step.id, phase: 'entered', ...how });
    keep.save(stand);
    lookSoon();
  }

  /** Judged once per burst of observations, not once per line. */
  function lookSoon(): void {
    if (lookDue || closed) return;
    lookDue = true;
    queueMicrotask(() => {
      lookDue = false;
      if (!closed) look();
    });
  }

  function look(): void {
    const { open } = stand;
    const { news, missing } = examine(open, stand);
    for (const check of news) world.note(check);
    if (missing.length > 0 || waitsForGuess(stand) || stand.story.scene.passed.includes(open.id)) return;
    world.note({ kind: 'step', step: open.id, phase: 'passed' });
    keep.save(stand);
    if (open === last) finish();
  }

  function fulfil(intent: LabIntent): void {
    switch (intent.want) {
      case 'act':
        hands.start(actionNamed(intent.action, stand), stand);
        return;
      case 'guess':
        mayGuess(intent.choice, stand);
        world.note({ kind: 'guess', step: stand.open.id, choice: intent.choice });
        keep.save(stand);
        return;
      case 'next': {
        // What was seen a moment ago counts too.
        look();
        const after = stepAfter(stand);
        if (after) enter(after);
        else finish();
        return;
      }
      case 'back':
        enter(stepBefore(stand));
        return;
      case 'redo':
        enter(stepToRedo(stand), { again: true });
        return;
      case 'goto':
        enter(stepNamed(intent.step, stand));
    }
  }

  const stop = world.subscribe((observation) => {
    stand = { ...stand, story: seeStory(stand.story, observation) };
    if (observation.kind === 'round') stand.source.predicted(observation.component);
    lookSoon();
  });
  const wanted = lab.steps.find(({ id }) => id === (from ?? earlier?.step)) ?? stand.open;
  enter(stepToResume(wanted, stand));

  return {
    lab,
    finished,
    step: () => stand.open,
    missing: () => missingOf(stand),
    checks: (id) => examine(id === undefined ? stand.open : stepOf(lab, id), stand).all,
    aside: (command) => asideCommands(command, stand.open, tell(stand, stand.open)),
    type: (commands, why) => typeAside(commands, { world, why }),
    plan() {
      if (planned?.of !== stand) planned = { of: stand, plan: planLab(stand) };
      return planned.plan;
    },
    explanation: (step) => explain(step, stand),
    subscribe: (listener) => world.subscribe(listener),
    nowMs: () => world.nowMs(),
    settled: () => hands.settled(),
    failures: () => failures,
    intend(intent) {
      try {
        if (closed) throw refusal('lab-over', wordsIn(lab).over, wordsIn(lab).beginAgain);
        fulfil(intent);
      } catch (error) {
        fail(error);
      }
    },
    async close() {
      closed = true;
      await hands.stop();
      await keep.settled();
      stop();
    },
  };
}

function before({ steps }: Lab, from: string): readonly string[] {
  return steps
    .slice(
      0,
      Math.max(
        0,
        steps.findIndex(({ id }) => id === from),
      ),
    )
    .map(({ id }) => id);
}

function stepOf({ steps }: Lab, id: string): Step {
  const step = steps.find((one) => one.id === id);
  if (!step) throw new Error(`no step ${id}`);
  return step;
}

function firstOf({ steps }: Lab): Step {
  const [first] = steps;
  if (!first) throw new Error('a lab has at least one step');
  return first;
}
