// Puts every witness of a run in its place: masters, their logs, their API servers; nothing is changed by looking.
import { setMaxListeners } from 'node:events';
import { askHealth } from '../cluster/facts.ts';
import { findInstances, type Instance, instanceSeen } from '../components/instance.ts';
import { showUnits } from '../components/unitstate.ts';
import { KhaError } from '../model/failure.ts';
import type { ComponentName } from '../model/lock.ts';
import type { OffsetSample } from '../model/time.ts';
import type { Target, TargetMaster } from './target.ts';
import { watchCluster } from './watch/cluster.ts';
import { createLeaderNews } from './watch/leader.ts';
import { watchLog } from './watch/logs.ts';
import { greet, measureClock, watchMaster } from './watch/master.ts';
import { say, type Witness } from './watch/witness.ts';

export const electedComponents: readonly ComponentName[] = ['kube-scheduler', 'kube-controller-manager'];
const shownComponents = ['etcd', 'kube-apiserver', ...electedComponents] as const;

export interface Watching {
  /** Units found on a master, by component. */
  instance(master: string, component: string): Instance | null;
  /** The port on the master by which this run's SSH connection came in; a forwarded one hides it from here. */
  sshPort(master: string): number;
  /** Newest samples of a master's clock. */
  offsets(master: string): readonly OffsetSample[];
  /** Measures every clock once more: before and after a fault. */
  measureClocks(): Promise<void>;
  /** Looks at a master's units now instead of at the next turn. */
  lookAtUnits(master: string): Promise<void>;
  /** Ends every followed command and watch. */
  stop(): Promise<void>;
}

export interface WatchingOptions extends Omit<Witness, 'signal'> {
  readonly target: Target;
  readonly startedMs: number;
  /** Whose logs to follow. Default: both elected components. */
  readonly logsOf?: readonly ComponentName[];
}

interface Watched {
  readonly reached: TargetMaster;
  readonly offsets: OffsetSample[];
  readonly instances: Map<string, Instance>;
  readonly lookAtUnits: () => Promise<void>;
  readonly measure: () => Promise<void>;
  readonly sshPort: number;
}

/** Resolves once every master was seen for the first time: connected, clock measured, units found. */
export async function startWatching(options: WatchingOptions): Promise<Watching> {
  const { target, logsOf = electedComponents } = options;
  const ending = new AbortController();
  // Every log, watch and pause of a run listens for its end: dozens, and no leak.
  setMaxListeners(0, ending.signal);
  const witness: Witness = { observe: options.observe, clock: options.clock, signal: ending.signal };
  const news = createLeaderNews(
    witness,
    target.masters.map(({ master }) => master),
  );
  const clusters = target.apis.map((api) =>
    watchCluster({ ...witness, api, components: electedComponents, news }),
  );
  const watched = await Promise.all(target.masters.map((reached) => firstLook(reached, target, witness)));
  const logs = watched.flatMap((one) => followLogs(one, { ...options, logsOf }, witness));
  const masters = watched.map(({ reached, offsets, lookAtUnits }) =>
    watchMaster({ ...witness, host: reached.host, offsets, lookAtUnits }),
  );
  const all = Promise.all([...clusters, ...logs, ...masters]);
  all.catch((error) => tellBug(witness, error));
  const of = (name: string) => watched.find(({ reached }) => reached.name === name);

  return {
    instance: (master, component) => of(master)?.instances.get(component) ?? null,
    sshPort: (master) => of(master)?.sshPort ?? defaultSshPort,
    offsets: (master) => of(master)?.offsets ?? [],
    measureClocks: async () => {
      await Promise.all(watched.map(({ measure }) => measure()));
    },
    lookAtUnits: async (master) => of(master)?.lookAtUnits(),
    async stop() {
      ending.abort();
      await all.catch(() => {});
    },
  };
}

async function firstLook(reached: TargetMaster, target: Target, witness: Witness): Promise<Watched> {
  const { host, master, name } = reached;
  const offsets: OffsetSample[] = [];
  const measure = () => measureClock({ ...witness, host, offsets });
  await greet({ ...witness, host, offsets });
  const api = target.apis.find((one) => one.master === name) ?? target.apis[0];
  const version = api ? (await askHealth(api)).version : null;
  const wanted = { components: shownComponents, places: master.components, version };
  const instances = new Map((await findInstances(host, wanted)).map((found) => [found.component, found]));
  const shown = new Map<string, string>();
  const started = new Map<string, string | undefined>();
  const lookAtUnits = async () => {
    const units = [...instances.values()].map(({ unit }) => unit);
    const states = await showUnits(host, units);
    // Somebody changed a unit's command line: its flags, and all that follows from them, are read anew.
    const changed = units.some(
      (unit, at) => (started.get(unit) ?? states[at]?.execStart) !== states[at]?.execStart,
    );
    units.forEach((unit, at) => void started.set(unit, states[at]?.execStart));
    if (changed)
      for (const again of await findInstances(host, wanted))
        if (instances.has(again.component)) instances.set(again.component, again);
    [...instances.values()].forEach((instance, index) => {
      const now = JSON.stringify(states[index]);
      // Only what changed is worth a line in the recording.
      if (shown.get(instance.unit) === now) return;
      shown.set(instance.unit, now);
      say(witness, name, instanceSeen(instance, states[index], version));
    });
  };
  await lookAtUnits();
  return { reached, offsets, instances, lookAtUnits, measure, sshPort: await askSshPort(reached) };
}

const defaultSshPort = 22;

async function askSshPort({ host, master: { reach } }: TargetMaster): Promise<number> {
  const { stdout } = await host.ask(['sh', '-c', 'printf %s "$SSH_CONNECTION"']);
  const [, , , port] = stdout.trim().split(' ');
  return Number(port) || (reach.via === 'ssh' ? reach.port : defaultSshPort);
}

function followLogs({ reached, offsets, instances }: Watched, options: WatchingOptions, witness: Witness) {
  return (options.logsOf ?? []).flatMap((component) => {
    const place = instances.get(component)?.logs;
    if (!place) return [];
    const { startedMs } = options;
    return [watchLog({ ...witness, host: reached.host, component, place, offsets, startedMs })];
  });
}

/** A watcher that dies must not die in silence: what it would have seen is missing from then on. */
function tellBug(witness: Witness, error: unknown): void {
  if (witness.signal.aborted) return;
  const { message } = error as Error;
  const facts =
    error instanceof KhaError ? error : { code: 'bug', tryThis: 'Please report it with the recording.' };
  say(witness, null, { kind: 'problem', code: facts.code, message, tryThis: facts.tryThis });
}
