// The fold for screens and checks: what is true now, as far as the stream has shown it.
import { masterOfHolder } from './lock.ts';
import { type LogTally, talliesOf } from './looks.ts';
import type {
  ApiSeen,
  CanarySeen,
  CheckDone,
  ClockMeasured,
  CommandRun,
  EventSeen,
  FaultStep,
  HostSeen,
  InstanceSeen,
  LockSeen,
  Observation,
  PodSeen,
  Problem,
  RunBegun,
  Stamp,
} from './observation.ts';
import type { RunMs } from './time.ts';
import { emptyTimeline, seeTimeline, type Timeline } from './timeline.ts';
import { seeWays, type WaysScene } from './ways.ts';

export type LogCount = { readonly count: number; readonly lastMs: RunMs; readonly lastLine: string };

/** What was read in one followed log, by kind of event: enough for checks, without keeping lines. */
export interface LogScene {
  readonly lines: number;
  readonly lastMs: RunMs;
  readonly events: Readonly<Partial<Record<LogTally, LogCount>>>;
}

export interface MasterScene {
  readonly name: string;
  readonly address: string;
  readonly host: HostSeen | null;
  readonly clock: ClockMeasured | null;
  readonly api: ApiSeen | null;
  /** By component. */
  readonly instances: Readonly<Record<string, InstanceSeen>>;
  readonly logs: Readonly<Record<string, LogScene>>;
}

export interface LockScene {
  readonly seen: LockSeen;
  /** When this record was first shown by any API server: the latest renewal an outsider saw. */
  readonly changedMs: RunMs;
  /** When its holder was last seen at work: a record that is there already tells of none. Null until it was. */
  readonly renewedMs: RunMs | null;
  /** The master that holds it; null when nobody or a stranger does. */
  readonly master: string | null;
  /** Changes of holder since the run began. */
  readonly moves: number;
}

export interface Scene {
  readonly run: RunBegun | null;
  readonly masters: Readonly<Record<string, MasterScene>>;
  /** By component. */
  readonly locks: Readonly<Record<string, LockScene>>;
  /** Endpoints of the `kubernetes` service. */
  readonly endpoints: readonly string[];
  readonly events: readonly (Stamp & EventSeen)[];
  /** Newest of each pod made to be looked at, by `NAMESPACE/NAME`. */
  readonly pods: Readonly<Record<string, Stamp & PodSeen>>;
  /** The newest asking through the ways in to the API servers; null before the first. */
  readonly ways: WaysScene | null;
  readonly commands: readonly (Stamp & CommandRun)[];
  readonly problems: readonly (Stamp & Problem)[];
  /** Newest of each check, by id. */
  readonly checks: Readonly<Record<string, Stamp & CheckDone>>;
  /** The fault under way: its newest step; null before the first and after `disarmed`. */
  readonly fault: (Stamp & FaultStep) | null;
  readonly canary: (Stamp & CanarySeen) | null;
  readonly step: string | null;
  readonly passed: readonly string[];
  /** By step. */
  readonly guesses: Readonly<Record<string, string>>;
  /** Rounds with their marks. */
  readonly timeline: Timeline;
  /** Exit code once the run is over. */
  readonly ended: number | null;
  readonly lastMs: RunMs;
}

export const emptyScene: Scene = {
  run: null,
  masters: {},
  locks: {},
  endpoints: [],
  events: [],
  pods: {},
  ways: null,
  commands: [],
  problems: [],
  checks: {},
  fault: null,
  canary: null,
  step: null,
  passed: [],
  guesses: {},
  timeline: emptyTimeline,
  ended: null,
  lastMs: 0,
};

const kept = 200;

/** One more observation seen. Pure; unchanged parts keep their identity. */
export function seeScene(scene: Scene, observation: Observation): Scene {
  return { ...seePresent(scene, observation), timeline: seeTimeline(scene.timeline, observation) };
}

/** As `seeScene` for all but the rounds. */
export function seePresent(scene: Scene, observation: Observation): Scene {
  return { ...see(scene, observation), lastMs: Math.max(scene.lastMs, observation.atMs) };
}

function see(scene: Scene, o: Observation): Scene {
  switch (o.kind) {
    case 'run':
      return { ...scene, run: o, masters: Object.fromEntries(o.masters.map((m) => [m.name, newMaster(m)])) };
    case 'host':
      return ofMaster(scene, o, (master) => ({ ...master, host: o }));
    case 'clock':
      return ofMaster(scene, o, (master) => ({ ...master, clock: o }));
    case 'api':
      return ofMaster(scene, o, (master) => ({ ...master, api: o }));
    case 'instance':
      return ofMaster(scene, o, (master) => ({
        ...master,
        instances: { ...master.instances, [o.component]: o },
      }));
    case 'log':
      return ofMaster(scene, o, (master) => ({
        ...master,
        logs: { ...master.logs, [o.component]: seeLog(master.logs[o.component], o) },
      }));
    case 'lock':
      return seeLock(scene, o);
    case 'endpoints':
      return { ...scene, endpoints: o.addresses };
    case 'event':
      return { ...scene, events: [...scene.events.slice(-kept), o] };
    case 'pod':
      return { ...scene, pods: { ...scene.pods, [o.name]: o } };
    case 'ways':
    case 'ask':
      return { ...scene, ways: seeWays(scene.ways, o) };
    case 'command':
      return { ...scene, commands: [...scene.commands.slice(-kept), o] };
    case 'problem':
      return { ...scene, problems: [...scene.problems.slice(-kept), o] };
    case 'check':
      return { ...scene, checks: { ...scene.checks, [o.id]: o } };
    case 'fault':
      return { ...scene, fault: o.phase === 'disarmed' ? null : o, ways: seeWays(scene.ways, o) };
    case 'canary':
      return { ...scene, canary: o };
    case 'step':
      return o.phase === 'entered'
        ? { ...(o.again ? undone(scene, o.step) : scene), step: o.step }
        : { ...scene, passed: scene.passed.includes(o.step) ? scene.passed : [...scene.passed, o.step] };
    case 'guess':
      return { ...scene, guesses: { ...scene.guesses, [o.step]: o.choice } };
    case 'end':
      return { ...scene, ended: o.exit };
    case 'gap':
    case 'leader':
    case 'round':
      return scene;
  }
}

/** What was done in a step counts no longer. */
function undone(scene: Scene, step: string): Scene {
  const { [step]: _, ...guesses } = scene.guesses;
  const others = Object.entries(scene.checks).filter(([, check]) => check.step !== step);
  return {
    ...scene,
    guesses,
    checks: Object.fromEntries(others),
    passed: scene.passed.filter((id) => id !== step),
  };
}

function newMaster({ name, address }: { name: string; address: string }): MasterScene {
  return { name, address, host: null, clock: null, api: null, instances: {}, logs: {} };
}

function ofMaster(scene: Scene, o: Stamp, change: (master: MasterScene) => MasterScene): Scene {
  if (o.host === null) return scene;
  const master = scene.masters[o.host] ?? newMaster({ name: o.host, address: '' });
  return { ...scene, masters: { ...scene.masters, [o.host]: change(master) } };
}

function seeLog(log: LogScene | undefined, o: Extract<Observation, { kind: 'log' }>): LogScene {
  const events = log?.events ?? {};
  const lines = (log?.lines ?? 0) + 1;
  if (o.event === null) return { lines, lastMs: o.atMs, events };
  const counted = { ...events };
  for (const tally of talliesOf({ event: o.event, component: o.component }))
    counted[tally] = { count: (events[tally]?.count ?? 0) + 1, lastMs: o.atMs, lastLine: o.line };
  return { lines, lastMs: o.atMs, events: counted };
}

function seeLock(scene: Scene, o: Stamp & LockSeen): Scene {
  const before = scene.locks[o.component];
  if (before && sameVersion(before.seen, o)) return scene;
  // A slower API server may show an older record after a newer one: resourceVersions order them.
  if (before && Number(o.resourceVersion) < Number(before.seen.resourceVersion)) return scene;
  const holder = o.record?.holder ?? '';
  const master = masterOfHolder(holder, scene.run?.masters ?? Object.values(scene.masters));
  const moved = before !== undefined && before.seen.record?.holder !== o.record?.holder;
  const renewed = before?.seen.record?.renewTime !== o.record?.renewTime;
  return {
    ...scene,
    locks: {
      ...scene.locks,
      [o.component]: {
        seen: o,
        changedMs: o.atMs,
        renewedMs: before && (moved || renewed) ? o.atMs : (before?.renewedMs ?? null),
        master,
        moves: (before?.moves ?? 0) + (moved ? 1 : 0),
      },
    },
  };
}

function sameVersion(a: LockSeen, b: LockSeen): boolean {
  return a.resourceVersion === b.resourceVersion && a.lock.kind === b.lock.kind;
}
