// Steady state: what must hold before a fault may be issued, and again after its way back.
import type { ComponentName } from '../model/lock.ts';
import type { Scene } from '../model/scene.ts';

export interface Unsteady {
  readonly what: string;
  readonly tryThis: string;
  /** Set where it is not known to be so, because nobody answered, or this login may not see it. */
  readonly unreachable?: true;
}

export interface SteadyQuestion {
  readonly component: ComponentName;
  readonly nowMs: number;
  /** The leader must have renewed since: what it did before was before a fault. */
  readonly sinceMs?: number | undefined;
}

/** A leader renews every retry period; three of them without a renewal seen is not on time, on a busy machine either. */
const missedRenewals = 3;

/** Everything that is not as it should be, gravest first; empty when the state is steady. */
export function unsteady(scene: Scene, { component, nowMs, sinceMs }: SteadyQuestion): readonly Unsteady[] {
  return [
    ...unitsOf(scene, component),
    ...apisOf(scene),
    ...clocksOf(scene),
    ...lockOf(scene, { component, nowMs, sinceMs }),
  ];
}

function unitsOf(scene: Scene, component: ComponentName): readonly Unsteady[] {
  return Object.values(scene.masters).flatMap(({ name, host, instances }) => {
    if (host?.state !== 'up') {
      const tryThis = `Try it: ssh ${name} true`;
      return [{ what: `${name} does not answer over SSH`, tryThis, unreachable: true }];
    }
    const instance = instances[component];
    if (!instance) {
      return [
        {
          what: `${component} was not found on ${name}`,
          tryThis: 'Name its unit under components: in the inventory.',
        },
      ];
    }
    return Object.values(instances)
      .filter(({ active }) => active !== 'active')
      .map(({ unit, active }) => ({
        what: `${unit} on ${name} is ${active}`,
        tryThis: `Start it there: systemctl start ${unit}`,
      }));
  });
}

function apisOf(scene: Scene): readonly Unsteady[] {
  return Object.values(scene.masters)
    .filter(({ api }) => api !== null && !api.ready)
    .map(({ name, api }) => ({
      what: `the API server of ${name} is not ready${api?.detail ? ` (${api.detail})` : ''}`,
      tryThis: `Look at its log there: journalctl -u kube-apiserver`,
      ...(api?.version === null && { unreachable: true }),
    }));
}

function clocksOf(scene: Scene): readonly Unsteady[] {
  return Object.values(scene.masters)
    .filter(({ clock }) => clock === null)
    .map(({ name }) => ({ what: `the clock of ${name} is not known`, tryThis: 'Look again in a moment.' }));
}

function lockOf(scene: Scene, { component, nowMs, sinceMs = 0 }: SteadyQuestion): readonly Unsteady[] {
  const lock = scene.locks[component];
  if (!lock?.seen.record) {
    const refused = refusedToShow(scene, component);
    if (refused) {
      const why = refused.message.replace(/\.$/, '');
      return [
        {
          what: `the lock of ${component} cannot be seen: ${why}`,
          tryThis: refused.tryThis,
          unreachable: true,
        },
      ];
    }
    return [{ what: `no lock of ${component} was found`, tryThis: 'Check --leader-elect in its unit.' }];
  }
  const { holder } = lock.seen.record;
  if (holder === '')
    return [{ what: `nobody holds the lock of ${component}`, tryThis: 'Wait until one has taken it.' }];
  if (lock.master === null) {
    return [
      {
        what: `the lock of ${component} is held by ${holder}, which is none of these masters`,
        tryThis: 'Name that master, or its identity, in the inventory.',
      },
    ];
  }
  const periodMs = scene.masters[lock.master]?.instances[component]?.terms?.retryPeriodMs ?? 2_000;
  const { renewedMs } = lock;
  if (renewedMs !== null && renewedMs >= sinceMs && nowMs - renewedMs <= periodMs * missedRenewals) return [];
  // A record that was found, and not seen to change since, may be a dead one's.
  const ageMs = nowMs - (renewedMs ?? lock.changedMs);
  return [
    {
      what: `${lock.master} has not renewed the lock of ${component} for ${(ageMs / 1000).toFixed(1)} s`,
      tryThis: `Look at the log of ${component} on ${lock.master}.`,
    },
  ];
}

/** Of all that this login may not see, what hides the lock: its own path, or its kind's. */
function refusedToShow({ problems }: Scene, component: ComponentName) {
  const refused = problems.filter(({ code }) => code === 'api-forbidden');
  return (
    refused.findLast(({ message }) => message.includes(component)) ??
    refused.findLast(({ message }) => /leases|namespaces\/kube-system/.test(message)) ??
    refused.at(-1)
  );
}
