// The timing a component really runs with on these masters: its leader's flags, and how many stand by.
import { askHealth } from '../cluster/facts.ts';
import { watchLock } from '../cluster/locks.ts';
import { findInstances } from '../components/instance.ts';
import { showUnits } from '../components/unitstate.ts';
import { openTarget, type Target, type TargetMaster } from '../experiment/target.ts';
import { exits, KhaError } from '../model/failure.ts';
import { type ComponentName, masterOfHolder } from '../model/lock.ts';
import type { ElectionTerms } from '../model/observation.ts';
import { chooseMasters } from './choose.ts';
import type { CommonFlags } from './flags.ts';
import { promptsFor } from './prompts.ts';
import type { Surroundings } from './surroundings.ts';

export interface TermsInUse {
  readonly leader: string;
  readonly terms: ElectionTerms;
  readonly standbys: number;
  readonly target: string;
}

/** @throws KhaError `no-leader` (exit 3) when none of these masters leads the component, or it does not elect. */
export async function termsInUse(
  component: ComponentName,
  flags: CommonFlags,
  surroundings: Surroundings,
): Promise<TermsInUse> {
  const chosen = await chooseMasters(flags, surroundings);
  try {
    const target = await openTarget(chosen.inventory, promptsFor(flags, surroundings));
    try {
      const [leader, found] = await Promise.all([
        leaderOf(target, component, surroundings),
        Promise.all(target.masters.map((master) => lookAt(master, target, component))),
      ]);
      const leading = found.find(({ name }) => name === leader);
      if (leader === null || !leading?.terms) throw noLeader(component);
      const standbys = found.filter(({ name, active }) => name !== leader && active).length;
      return { leader, terms: leading.terms, standbys, target: chosen.target };
    } finally {
      await target.close();
    }
  } finally {
    await chosen.close();
  }
}

async function lookAt({ name, host, master }: TargetMaster, { apis }: Target, component: ComponentName) {
  const api = apis.find((one) => one.master === name) ?? apis[0];
  const version = api ? (await askHealth(api)).version : null;
  const [instance] = await findInstances(host, {
    components: [component],
    places: master.components,
    version,
  });
  const [state] = instance ? await showUnits(host, [instance.unit]) : [];
  return { name, terms: instance?.terms ?? null, active: state?.active === 'active' };
}

/** Long enough for an API server to show what it has; a lock that is there comes at once. */
const shownWithinMs = 5_000;

async function leaderOf(
  { apis, inventory }: Target,
  component: ComponentName,
  { clock }: Surroundings,
): Promise<string | null> {
  const enough = new AbortController();
  const timer = setTimeout(() => enough.abort(), shownWithinMs);
  let leader: string | null = null;
  let trouble: KhaError | null = null;
  // Any of them will do, and one may be down.
  await Promise.all(
    apis.map((api) =>
      watchLock({
        api,
        component,
        clock,
        signal: enough.signal,
        onTrouble(error) {
          trouble ??= error;
        },
        onLock({ record }) {
          leader ??= masterOfHolder(record?.holder ?? '', inventory.masters);
          if (leader !== null) enough.abort();
        },
      }),
    ),
  );
  clearTimeout(timer);
  if (leader === null && trouble !== null) throw trouble;
  return leader;
}

function noLeader(component: ComponentName): KhaError {
  return new KhaError({
    code: 'no-leader',
    exit: exits.inconclusive,
    message: `Nobody among these masters leads ${component} now, so there are no flags in use to predict from.`,
    tryThis: 'Look at: kha-lab check. Or give the flags: kha-lab predict --lease-duration 15s',
  });
}
