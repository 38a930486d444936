// How the masters stood at one moment of a run, and what differs between two: the steady state before and after a round.
import type { ComponentName } from './lock.ts';
import type { Scene } from './scene.ts';
import type { RunMs } from './time.ts';

export interface UnitStanding {
  readonly master: string;
  readonly component: string;
  readonly unit: string;
  /** systemd's ActiveState and UnitFileState. */
  readonly active: string;
  readonly enabled: string;
  readonly pid: number | null;
}

export interface Standing {
  readonly atMs: RunMs;
  /** The master that holds the lock; null when nobody of ours does. */
  readonly leader: string | null;
  readonly units: readonly UnitStanding[];
  /** By master; null where its API server was never asked. */
  readonly apis: readonly { readonly master: string; readonly ready: boolean | null }[];
}

export function standingOf(scene: Scene, component: ComponentName): Standing {
  const masters = Object.values(scene.masters);
  return {
    atMs: scene.lastMs,
    leader: scene.locks[component]?.master ?? null,
    units: masters.flatMap(({ name: master, instances }) =>
      Object.values(instances).map(({ component: of, unit, active, enabled, pid }) => ({
        master,
        component: of,
        unit,
        active,
        enabled,
        pid,
      })),
    ),
    apis: masters.map(({ name: master, api }) => ({ master, ready: api?.ready ?? null })),
  };
}

/** Sentences on what was there before and is no longer so; a unit that was started again has another pid, and that is no difference. */
export function lostBetween(before: Standing, after: Standing): readonly string[] {
  const units = before.units.flatMap((one) => {
    const now = after.units.find(({ master, unit }) => master === one.master && unit === one.unit);
    const was = `${one.unit} on ${one.master}`;
    if (now === undefined) return [`${was} was not seen again.`];
    const active = now.active === one.active ? [] : [`${was} was ${one.active} and is ${now.active}.`];
    const enabled = now.enabled === one.enabled ? [] : [`${was} was ${one.enabled} and is ${now.enabled}.`];
    return [...active, ...enabled];
  });
  const apis = before.apis
    .filter(({ ready }) => ready === true)
    .filter(({ master }) => after.apis.find((one) => one.master === master)?.ready !== true)
    .map(({ master }) => `The API server of ${master} was ready and is not.`);
  const leaderless = before.leader !== null && after.leader === null ? ['Nobody leads any more.'] : [];
  return [...units, ...apis, ...leaderless];
}
