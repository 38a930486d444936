// The names a lab's texts can use between `{{ }}`, and what each of them stands for. Nothing here is made up: unknown is null.
import type { LogEvent } from '../model/logevent.ts';
import type { MasterScene } from '../model/scene.ts';
import { seconds, setting, small } from './numbers.ts';
import { emptiedAfter, phasesOf, roundsOf } from './phases.ts';
import { messageOf } from './said.ts';
import { storeFlags } from './storeflags.ts';
import type { Telling } from './telling.ts';
import { ofUnits } from './unitnames.ts';
import { ofWays } from './waynames.ts';
import { listed, meant, type Who } from './who.ts';
import { wordsIn } from './words/words.ts';

type Value = (telling: Telling, component: string, rest: string) => string | null;

/** `leader.kube-scheduler`: a name and a component. */
const ofComponent: Readonly<Record<string, Value>> = {
  leader: (telling, component) => people(telling, 'leader', component),
  standby: (telling, component) => people(telling, 'standby', component),
  'old-leader': (telling, component) => oldLeader(telling, component),
  'new-leader': (telling, component) => newLeader(telling, component),
  holder: ({ story }, component) => story.scene.locks[component]?.seen.record?.holder || null,
  'lock-kind': ({ story }, component) => story.scene.locks[component]?.seen.lock.kind ?? null,
  'lock-resource': ({ story }, component) =>
    story.scene.locks[component]?.seen.lock.kind.toLowerCase() ?? null,
  transitions: ({ story }, component) => text(story.scene.locks[component]?.seen.record?.transitions),
  lease: (telling, component) => term(telling, component, 'leaseDurationMs'),
  deadline: (telling, component) => term(telling, component, 'renewDeadlineMs'),
  retry: (telling, component) => term(telling, component, 'retryPeriodMs'),
  'longest-look': (telling, component) => term(telling, component, 'retryPeriodMs', 2.2),
  'predicted.min': ({ source }, component) => band(source.predicted(named(component))?.minMs),
  'predicted.p50': ({ source }, component) => band(source.predicted(named(component))?.p50Ms),
  'predicted.p95': ({ source }, component) => band(source.predicted(named(component))?.p95Ms),
  'predicted.max': ({ source }, component) => band(source.predicted(named(component))?.maxMs),
  'said.renewed': (telling, component) => said(telling, component, 'renewed'),
  'said.held': (telling, component) => said(telling, component, 'held'),
  'said.notAcquired': (telling, component) => said(telling, component, 'notAcquired'),
  'said.acquired': (telling, component) => said(telling, component, 'acquired'),
  'said.nodeSilent': (telling, component) => said(telling, component, 'nodeSilent'),
  'said.leaderEvent': (telling, component) => said(telling, component, 'leaderEvent'),
  rounds: ({ source, lab }, component) =>
    roundsOf(
      source.rounds().filter((round) => round.component === component),
      wordsIn(lab),
    ),
};

/** Names that stand alone. */
const alone: Readonly<Record<string, (telling: Telling) => string | null>> = {
  masters: ({ masters, lab }) => listed(masters, wordsIn(lab).and) || null,
  first: ({ masters }) => masters[0] ?? null,
  count: ({ masters }) => text(masters.length),
  endpoints: ({ story }) => story.scene.endpoints.join(', ') || null,
  'etcd-flags': storeFlags,
  version: ({ story }) =>
    Object.values(story.scene.masters).find(({ api }) => api?.version)?.api?.version ?? null,
  clockGap: (telling) => clocks(telling, 'gap'),
  clockGapError: (telling) => clocks(telling, 'error'),
  handover: ({ round }) => band(round?.handover?.ms),
  handoverError: ({ round }) => (round?.handover ? small(round.handover.errorMs) : null),
  outage: ({ round }) => band(round?.outage?.ms),
  outageError: ({ round }) => (round?.outage ? small(round.outage.errorMs) : null),
  'expected.min': ({ round, source }) => band(round ? source.expected(round)?.minMs : undefined),
  'expected.p50': ({ round, source }) => band(round ? source.expected(round)?.p50Ms : undefined),
  'expected.max': ({ round, source }) => band(round ? source.expected(round)?.maxMs : undefined),
  twoLeaders: ({ round }) => band(round?.twoLeadersMs ?? undefined),
  emptied: ({ round }) => emptiedAfter(round),
  rounds: ({ source, lab }) => roundsOf(source.rounds(), wordsIn(lab)),
  phases: ({ round, lab }) => (round ? phasesOf(round, wordsIn(lab)) : null),
  ...ofWays,
  ...ofUnits,
  guess: ({ guess }) => guess?.text ?? null,
  recording: ({ source }) => source.recording,
};

/** The value of a name; null while it is not known, or when there is no such name. */
export function valueNamed(name: string, telling: Telling): string | null {
  const single = Object.hasOwn(alone, name) ? alone[name] : undefined;
  if (single) return single(telling);
  const { head, component } = split(name);
  const value = Object.hasOwn(ofComponent, head) ? ofComponent[head] : undefined;
  return value ? value(telling, component, head) : null;
}

export function isName(name: string): boolean {
  if (Object.hasOwn(alone, name)) return true;
  const { head, component } = split(name);
  return Object.hasOwn(ofComponent, head) && isComponent(component);
}

/** Every name there is, `COMPONENT` standing for either of them: for messages and documentation. */
export function allNames(): readonly string[] {
  return [...Object.keys(alone), ...Object.keys(ofComponent).map((head) => `${head}.COMPONENT`)];
}

const components = ['kube-scheduler', 'kube-controller-manager'] as const;

function isComponent(name: string): name is (typeof components)[number] {
  return components.some((component) => component === name);
}

function named(component: string): (typeof components)[number] {
  return isComponent(component) ? component : 'kube-scheduler';
}

function split(name: string): { head: string; component: string } {
  const at = name.lastIndexOf('.');
  return { head: name.slice(0, at), component: name.slice(at + 1) };
}

function text(value: number | null | undefined): string | null {
  return value == null ? null : String(value);
}

function band(ms: number | undefined): string | null {
  return ms === undefined ? null : seconds(ms);
}

function people(telling: Telling, which: Who, component: string): string | null {
  return listed(meant(which, component, telling), wordsIn(telling.lab).and) || null;
}

/** Of the round while there is one, so that a text does not turn around when the lock changes hands; else who leads. */
function oldLeader(telling: Telling, component: string): string | null {
  return people(telling, 'old-leader', component) ?? people(telling, 'leader', component);
}

/** Who took the lock; before that, who can take it. */
function newLeader(telling: Telling, component: string): string | null {
  const { round, story } = telling;
  if (story.rounds[component] && round?.component === component && round.to) return round.to;
  const old = oldLeader(telling, component);
  return old === null
    ? null
    : telling.masters.filter((name) => name !== old).join(` ${wordsIn(telling.lab).or} `) || null;
}

function term(
  { story, masters }: Telling,
  component: string,
  which: 'leaseDurationMs' | 'renewDeadlineMs' | 'retryPeriodMs',
  times = 1,
): string | null {
  for (const name of masters) {
    const terms = story.scene.masters[name]?.instances[component]?.terms;
    if (terms) return setting(terms[which] * times);
  }
  return null;
}

function said({ story }: Telling, component: string, event: LogEvent['is']): string | null {
  const lines = Object.values(story.scene.masters)
    .map((master: MasterScene) => master.logs[component]?.events[event])
    .filter((seen) => seen !== undefined)
    .sort((a, b) => b.lastMs - a.lastMs);
  return lines[0] ? messageOf(lines[0].lastLine) : null;
}

/** How far apart the masters' clocks are at most, and how sure that is. */
function clocks({ story, masters }: Telling, what: 'gap' | 'error'): string | null {
  const known = masters.map((name) => story.scene.masters[name]?.clock).filter((clock) => clock != null);
  if (known.length < 2 || known.length < masters.length) return null;
  const sorted = [...known].sort((a, b) => a.offsetMs - b.offsetMs);
  const [slowest, fastest] = [sorted[0], sorted.at(-1)];
  if (!slowest || !fastest) return null;
  return small(
    what === 'gap' ? fastest.offsetMs - slowest.offsetMs : fastest.offsetErrorMs + slowest.offsetErrorMs,
  );
}
