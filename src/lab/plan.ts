// The plan of a lab as it stands now: texts filled in, exact commands, hints for what has not passed.
import { deletePodArgv, makePodArgv } from '../experiment/podcommands.ts';
import type { LabAction, LabPlan, LabStep } from '../model/labplan.ts';
import type { Story } from '../model/story.ts';
import { holds } from './conditions.ts';
import { type ActionFile, type Lab, type Step, takesAway } from './format.ts';
import { valueNamed } from './names.ts';
import { type Telling, tell } from './telling.ts';
import { fill } from './template.ts';
import { waysRequest } from './waysof.ts';
import { meant } from './who.ts';
import type { CommandText, LabSource } from './world.ts';

export interface PlanInput {
  readonly lab: Lab;
  readonly story: Story;
  readonly source: LabSource;
  /** Steps done in an earlier run that this one takes up. */
  readonly passedBefore?: ReadonlySet<string>;
}

export function planLab(input: PlanInput): LabPlan {
  const { lab } = input;
  return { name: lab.name, title: lab.title, steps: lab.steps.map((step) => planStep(step, input)) };
}

function planStep(step: Step, input: PlanInput): LabStep {
  const telling = tell({ ...input, story: storyFor(step, input.story) }, step);
  const say = (text: string): string => fill(text, (name) => valueNamed(name, telling)).text;
  const { checks } = input.story.scene;
  const guessed = input.story.scene.guesses[step.id] !== undefined;
  return {
    id: step.id,
    title: say(step.title),
    text: say(step.guess?.note && guessed ? `${step.text}\n\n${step.guess.note}` : step.text),
    guess: step.guess
      ? { question: say(step.guess.question), choices: step.guess.choices.map(({ text }) => text) }
      : null,
    actions: step.actions.map((action) => planAction(action, step, telling)),
    checks: step.checks.map(({ id, title, sort, optional }) => ({
      id,
      title: `${say(title)}${optional ? ' (optional)' : ''}`,
      sort,
    })),
    hints: step.hints
      .filter((hint) => typeof hint === 'string' || checks[hint.when]?.ok !== true)
      .map((hint) => say(typeof hint === 'string' ? hint : hint.text)),
    logs: step.logs,
    ...(input.passedBefore?.has(step.id) && { passedBefore: true }),
  };
}

/** A step that is entered again to do its fault once more speaks of the leader now, not of the round before. */
function storyFor(step: Step, story: Story): Story {
  const doesFault = step.actions.some(takesAway);
  const { round } = story;
  const again =
    story.scene.step === step.id && round?.restored === true && story.entered.seq > round.before.seq + 1;
  return doesFault && again ? { ...story, round: null, rounds: {} } : story;
}

function planAction(action: ActionFile, step: Step, telling: Telling): LabAction {
  const say = (text: string): string => fill(text, (name) => valueNamed(name, telling)).text;
  return {
    id: action.id,
    title: say(action.title),
    commands: takesAway(action)
      ? faultTexts(action, telling.source)
      : commandsOf(action, step, telling).map(({ master, text }) => ({ host: master, text })),
    note: action.note === undefined ? null : say(action.note),
    isFault: takesAway(action),
  };
}

/** A command of an action, ready to run. */
export interface Ready {
  readonly master: string;
  readonly argv: readonly string[];
  readonly sudo: boolean;
  /** Exactly what is typed there. */
  readonly text: string;
}

/** The commands of an action, one a master; none while it is not known where, or with which words. */
export function commandsOf(action: ActionFile, step: Step, telling: Telling): readonly Ready[] {
  if (action.after !== undefined && telling.story.scene.checks[action.after]?.ok !== true) return [];
  const run = runOf(action);
  if (!run) return [];
  const words = run.argv.map((word) => fill(word, (name) => valueNamed(name, telling)));
  if (words.some(({ missing }) => missing.length > 0)) return [];
  // The one name that stands for several words, or none.
  const argv = words.flatMap(({ text }, at) =>
    run.argv[at] === '{{etcd-flags}}' ? text.split(' ').filter((word) => word !== '') : [text],
  );
  const names = meant(run.on, run.component ?? step.logs ?? 'kube-scheduler', telling);
  // A command for "the standby" is typed once, however many stand by.
  const masters = run.on === 'standby' ? names.slice(0, 1) : names;
  const { sudo } = run;
  return masters.map((master) => ({
    master,
    argv,
    sudo,
    text: telling.source.commandLine(master, argv, sudo),
  }));
}

function runOf({ run, pod, removes }: ActionFile): ActionFile['run'] {
  const onFirst = (argv: readonly string[]) => ({ on: 'first' as const, argv: [...argv], sudo: false });
  if (pod) return onFirst(makePodArgv(pod));
  return removes === undefined ? run : onFirst(deletePodArgv(removes));
}

/** The fault's exact commands; none while its target is not known, which the screen shows as not ready. */
function faultTexts({ fault, ways }: ActionFile, source: LabSource): readonly CommandText[] {
  try {
    if (ways) return source.planWays(waysRequest(ways, source.masters));
    return fault ? source.planFault({ component: fault.component, fault: fault.kind }) : [];
  } catch {
    return [];
  }
}

/** What was measured in a step, in words; null until the check it waits for has passed. */
export function explain(id: string, input: PlanInput): string | null {
  const step = input.lab.steps.find((one) => one.id === id);
  if (!step?.explain) return null;
  const { scene } = input.story;
  const told = step.explainAfter
    ? scene.checks[step.explainAfter]?.ok === true
    : scene.passed.includes(step.id);
  if (!told) return null;
  const telling = tell(input, step);
  const parts = typeof step.explain === 'string' ? [{ text: step.explain }] : step.explain;
  const chosen = parts.filter((part) => {
    const when = 'when' in part && part.when !== undefined ? [part.when].flat() : [];
    return when.every((one) => holds(one, telling));
  });
  return (
    chosen.map(({ text }) => fill(text.trim(), (name) => valueNamed(name, telling)).text).join('\n\n') || null
  );
}
