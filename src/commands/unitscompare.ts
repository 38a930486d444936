// kha-lab units --compare: the masters' own units against the rendered ones for the version they run, and against one another.
import { exits } from '../model/failure.ts';
import type { Flags } from '../model/goflags.ts';
import { knownMinors, minorOf } from '../model/kubeversion.ts';
import { execArgv, flagsOf, parseUnitFile } from '../model/unitfile.ts';
import { betweenMasters } from '../model/unitflags/between.ts';
import {
  againstRendered,
  missingUnit,
  restartJudged,
  type UnitDifference,
} from '../model/unitflags/compare.ts';
import { hostsIn } from '../model/unitflags/judgement.ts';
import type { UnitComponent } from '../model/unitflags/table.ts';
import { componentOf } from '../units/notes.ts';
import { tutorialPlan } from '../units/tutorialplan.ts';
import { unitsOf } from '../units/units.ts';
import { chooseMasters } from './choose.ts';
import { expectKnown } from './knownversion.ts';
import { promptsFor } from './prompts.ts';
import type { Surroundings } from './surroundings.ts';
import type { UnitsFlags } from './units.ts';
import { type Compared, type ComparedMaster, printCompared } from './unitscompared.ts';
import { findRealUnits, type RealMaster } from './unitsfound.ts';

export async function compareUnits(flags: UnitsFlags, surroundings: Surroundings): Promise<number> {
  const chosen = await chooseMasters(flags, surroundings);
  try {
    const { kubernetes } = flags;
    const real = await findRealUnits(chosen.inventory, {
      kubernetes,
      prompts: promptsFor(flags, surroundings),
    });
    const compared: Compared = {
      target: chosen.target,
      masters: real.map((master, at) => compareMaster(master, at, real)),
      between: betweenMasters(
        real.flatMap(({ name, version, units }) =>
          units.map((unit) => ({ ...unit, master: name, minor: minorIn(version) })),
        ),
      ),
    };
    const ok = printCompared(compared, flags, surroundings);
    return ok ? exits.good : exits.failed;
  } finally {
    await chosen.close();
  }
}

/** Of a version newer than any known here, the newest known; it is said so. @throws KhaError `unknown-version` */
function minorIn(version: string): number {
  const minor = minorOf(version) ?? 0;
  if (minor <= knownMinors.last) expectKnown(version);
  return Math.min(minor, knownMinors.last);
}

function compareMaster(master: RealMaster, at: number, all: readonly RealMaster[]): ComparedMaster {
  const { name, version, units } = master;
  const minor = minorIn(version);
  const rendered = renderedFlags(all, minor);
  const others = new Map(
    all.flatMap((other) => {
      const address = other === master ? undefined : publishedBy(other);
      return address === undefined ? [] : [[other.name, address] as const];
    }),
  );
  const wanted = [...rendered].filter(([component]) => at === 0 || !onFirstOnly.includes(component));
  return {
    name,
    kubernetes: version,
    comparedAs: minor === minorOf(version) ? null : `1.${minor}`,
    units: units.map(({ component, unit, flags, restart, elsewhere }) => {
      const looked = { component, flags, version, minor, masters: all.length, others, elsewhere };
      const restarts = restartJudged(component, restart);
      const differences: readonly UnitDifference[] = [
        ...againstRendered(looked, rendered.get(component) ?? new Map()),
        ...(restarts ? [restarts] : []),
      ];
      return { component, unit, differences };
    }),
    missing: wanted
      .filter(([component]) => !units.some((unit) => unit.component === component))
      .map(([component]) => ({ component, ...missingUnit(component) })),
  };
}

const onFirstOnly: readonly UnitComponent[] = ['etcd', 'kubelet', 'kube-proxy'];

function publishedBy({ units }: RealMaster): string | undefined {
  const flags = units.find(({ component }) => component === 'kube-apiserver')?.flags;
  const address = flags?.get('advertise-address');
  return address === undefined ? undefined : hostsIn(address)[0];
}

/** By component, as the first master would have it: what is each master's own is judged without it. */
function renderedFlags(all: readonly RealMaster[], minor: number): ReadonlyMap<UnitComponent, Flags> {
  const masters = all.map((master) => ({ name: master.name, address: publishedBy(master) ?? '127.0.0.1' }));
  const [first = []] = unitsOf(tutorialPlan(masters, `1.${minor}`)).values();
  return new Map(
    first.flatMap(({ name, text }) => {
      const component = componentOf(name);
      return component === null ? [] : [[component, flagsOf(execArgv(parseUnitFile(text)))] as const];
    }),
  );
}
