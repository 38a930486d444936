// Before a fault: the state is steady, what is to be done is designed, and all it may change is noted.
import { showUnits } from '../../components/unitstate.ts';
import { exits, KhaError } from '../../model/failure.ts';
import type { Scene } from '../../model/scene.ts';
import { expectAllowed } from '../allowed.ts';
import type { FaultDesign, FaultGround } from '../faults/design.ts';
import { whys } from '../faults/whys.ts';
import { designFault, returnAfterSeconds } from '../faults.ts';
import { noStandby, noSuchMaster, notElected, notEnabled } from '../refusals.ts';
import { rulesOn, type Snapshot } from '../restore.ts';
import { unsteady } from '../steady.ts';
import { masterOf, type TargetMaster } from '../target.ts';
import { say } from '../watch/witness.ts';
import type { RoundRequest, Scheduled } from './request.ts';
import { telling } from './telling.ts';

/** How long a state may take to become steady: a restarted component elects, a slow file brings its lines. */
export const steadyWithinMs = 40_000;

/** @throws KhaError for everything that forbids a fault; nothing has been changed then. */
export async function prepare(request: RoundRequest): Promise<Scheduled> {
  const { target, watching, component, fault, round } = request;
  refuseAlone(request);
  const scene = await waitUntilSteady(request);
  const leader = masterOf(target, scene.locks[component]?.master ?? '');
  const ground = groundOf(request, leader);
  const design = designFault(ground);
  const snapshots = await snapshotAll(request, design);
  for (const { master, units } of snapshots)
    for (const before of units) {
      if (before.active !== 'active') throw notSteady(`${before.id} on ${master} is ${before.active}`);
      if (before.enabled !== 'enabled' && !request.allowNotEnabled) throw notEnabled(master, before);
    }
  const afterSeconds = returnAfterSeconds({ terms: ground.terms, holdMs: request.holdMs });
  const description = `kha-lab: ${fault} ${component}`;
  await expectAllowed({ design, masters: target.masters, afterSeconds, description });
  await watching.measureClocks();
  // The store is everybody's: where it runs says nothing of who is struck.
  const aside = (design.on.name !== leader.name && fault !== 'etcd') || request.holdOnly;
  const on = aside ? { on: design.on.name } : {};
  const restarts = request.letRestart && fault === 'kill' ? { restarts: true as const } : {};
  const { terms } = ground;
  say(request, null, {
    kind: 'round',
    round,
    phase: 'begun',
    component,
    fault,
    from: leader.name,
    terms,
    canaries: request.canaries,
    ...on,
    ...restarts,
  });
  return { leader, design, terms, snapshots };
}

/** One that runs on a single master has nobody to hand over to, however steady it is. */
export function refuseAlone({
  target,
  watching,
  component,
  fault,
}: Pick<RoundRequest, 'target' | 'watching' | 'component' | 'fault'>): void {
  const running = target.masters.filter(({ name }) => watching.instance(name, component));
  for (const { name } of running) {
    const instance = watching.instance(name, component);
    if (instance && instance.terms === null) throw notElected(component, name);
  }
  const [only] = running;
  if (only && running.length === 1 && fault !== 'etcd') throw noStandby(component, only.name);
}

/** @throws KhaError where `on` names nobody. */
export function groundOf(
  request: Pick<RoundRequest, 'target' | 'watching' | 'component' | 'fault' | 'on' | 'letRestart' | 'killed'>,
  leader: TargetMaster,
): FaultGround {
  const { target, watching, component, fault, letRestart, killed } = request;
  const instance = watching.instance(leader.name, component);
  if (!instance?.terms) throw notElected(component, leader.name);
  const on = fault === 'etcd' && request.on === 'leader' ? storeOf(request) : placeOf(request, leader);
  return {
    fault,
    component,
    on,
    masters: target.masters,
    instance: (master, name) => watching.instance(master, name),
    terms: instance.terms,
    letRestart,
    killed,
    sshPort: watching.sshPort(on.name),
  };
}

function placeOf({ target, on }: Pick<RoundRequest, 'target' | 'on'>, leader: TargetMaster): TargetMaster {
  if (on === 'leader') return leader;
  const named = target.masters.find(({ name }) => (on === 'standby' ? name !== leader.name : name === on));
  if (named) return named;
  throw noSuchMaster(
    on,
    target.masters.map(({ name }) => name),
  );
}

/** The master that runs the store, which need not lead. */
function storeOf({ target, watching }: Pick<RoundRequest, 'target' | 'watching'>): TargetMaster {
  const found = target.masters.find(({ name }) => watching.instance(name, 'etcd')) ?? target.masters[0];
  if (!found) throw new Error('an inventory without masters');
  return found;
}

async function snapshotAll(request: RoundRequest, design: FaultDesign): Promise<readonly Snapshot[]> {
  const wish = { why: whys.rules, tell: telling(request) };
  return await Promise.all(
    design.touched.map(async ({ master, units }) => {
      const { host } = masterOf(request.target, master);
      const rules = design.firewall && master === design.on.name ? { rules: await rulesOn(host, wish) } : {};
      return { master, units: units.length === 0 ? [] : await showUnits(host, units), ...rules };
    }),
  );
}

async function waitUntilSteady({ stage, component, clock, startedMs, signal }: RoundRequest): Promise<Scene> {
  const look = (scene: Scene) => unsteady(scene, { component, nowMs: clock() - startedMs });
  const scene = await stage.until((now) => look(now).length === 0, { withinMs: steadyWithinMs, signal });
  if (scene) return scene;
  const [worst] = look(stage.scene());
  throw new KhaError({
    code: signal.aborted ? 'interrupted' : 'not-steady',
    exit: signal.aborted ? exits.interrupted : worst?.unreachable ? exits.unreachable : exits.inconclusive,
    message: `No fault was issued, because the state is not steady: ${worst?.what ?? 'it was interrupted'}.`,
    tryThis: worst?.tryThis ?? 'Start it again.',
  });
}

export function notSteady(what: string): KhaError {
  return new KhaError({
    code: 'not-steady',
    exit: exits.inconclusive,
    message: `No fault was issued, because the state is not steady: ${what}.`,
    tryThis: 'Look with kha-lab check, and start it again.',
  });
}
