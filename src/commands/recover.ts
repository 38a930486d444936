// kha-lab recover: finishes what a killed run left: units put back, timers disarmed, held against the snapshot.

import { removeCanaries } from '../cluster/canaryremoval.ts';
import { connectCluster } from '../cluster/connect.ts';
import { isNamespace } from '../experiment/canarynote.ts';
import { clearPending, leftBehind, type Pending, underWay } from '../experiment/pending.ts';
import { isPod } from '../experiment/podcommands.ts';
import { restore } from '../experiment/restore.ts';
import { openHosts, type TargetMaster } from '../experiment/target.ts';
import { toNobody } from '../experiment/typed.ts';
import { armedBy, disarm, isAnothers, returnUnit } from '../experiment/wayback.ts';
import type { Inventory } from '../inventory/inventory.ts';
import { readInventory } from '../inventory/read.ts';
import { type Exit, exits, gravest, KhaError } from '../model/failure.ts';
import { statePlaces } from '../recording/places.ts';
import type { CommonFlags } from './flags.ts';
import { promptsFor } from './prompts.ts';
import type { Surroundings } from './surroundings.ts';

interface Recovered {
  readonly id: string;
  readonly master: string;
  readonly unit: string;
  readonly restored: boolean;
  /** Null when nothing is left to do. */
  readonly problem: string | null;
}

export interface RecoverFlags extends CommonFlags {
  /** Give up on what cannot be recovered: its masters are gone. */
  readonly forget?: boolean;
}

export async function recover(flags: RecoverFlags, surroundings: Surroundings): Promise<number> {
  const { stdout, stderr, env } = surroundings;
  const folder = statePlaces(env).pending;
  const left = leftBehind(folder);
  // It puts back itself what it stopped: nothing to do here, and no reason to believe all is well.
  for (const { pid, startedAt, fault, unit, master } of underWay(folder)) {
    if (isNamespace(unit)) continue;
    stderr.write(
      `A run is under way since ${startedAt} (process ${pid}: ${fault} ${unit} on ${master}); it is left alone.\n`,
    );
  }
  const done: Recovered[] = [];
  for (const pending of left) done.push(await recoverOne(pending, flags, surroundings));
  for (const { id } of done.filter(({ restored }) => restored || flags.forget)) clearPending(folder, id);
  if (flags.json) stdout.write(`${JSON.stringify({ version: 1, recovered: done })}\n`);
  else if (left.length === 0) stdout.write('Nothing was left behind.\n');
  for (const { master, unit, problem } of done) {
    const line =
      problem === null
        ? `${unit} on ${master} ${isPod(unit) || isNamespace(unit) ? 'is gone again' : 'is as it was before'}.`
        : `${unit} on ${master} is NOT as it was: ${problem}`;
    (flags.json || problem !== null ? stderr : stdout).write(`${line}\n`);
  }
  if (flags.forget) return exits.good;
  if (done.some(({ restored }) => !restored)) {
    stderr.write('If those masters are gone for good: kha-lab recover --forget\n');
  }
  return gravest(done.map(({ restored }): Exit => (restored ? exits.good : exits.notRestored)));
}

async function recoverOne(
  pending: Pending,
  flags: CommonFlags,
  surroundings: Surroundings,
): Promise<Recovered> {
  const { id, master, unit } = pending;
  const told = (problem: string | null): Recovered => ({
    id,
    master,
    unit,
    restored: problem === null,
    problem,
  });
  try {
    const inventory = await readInventory(pending.inventory);
    const masters = openHosts(inventory, promptsFor(flags, surroundings));
    try {
      const problem = await putBack(pending, masters, surroundings);
      if (problem !== null) return told(problem);
      const left = await clearCanaries(pending, inventory, masters, surroundings);
      return told(isNamespace(unit) ? left : null);
    } finally {
      await Promise.allSettled(masters.map(({ host }) => host.close()));
    }
  } catch (error) {
    if (error instanceof KhaError) return told(`${error.message} ${error.tryThis}`);
    throw error;
  }
}

async function putBack(
  { master, unit, undo, snapshots, exitsWithinMs, armedOn, description = '' }: Pending,
  masters: readonly TargetMaster[],
  { clock }: Surroundings,
): Promise<string | null> {
  const faulted = masters.find(({ name }) => name === master);
  if (!faulted)
    return `the inventory no longer names ${master}; start it there with: systemctl start ${unit}`;
  const other = await anotherAtWork(masters, { armedOn, description });
  if (other !== null) return other;
  const pid = snapshots.flatMap(({ units }) => units).find(({ id }) => id === unit)?.pid ?? null;
  const problem = await restore({
    host: hostIn(masters),
    undo,
    snapshots,
    woken: exitsWithinMs > 0 ? { master, unit, pid, withinMs: exitsWithinMs } : null,
    tell: toNobody,
    clock,
    tryForMs: 5_000,
  });
  if (problem !== null) return `${problem}. Type there: ${byHand(faulted, { unit, undo, snapshots })}`;
  for (const { name, host } of masters.filter((one) => armedOn.includes(one.name))) {
    await host.connect();
    if (!(await disarm(host, description, toNobody)))
      return `the timer ${returnUnit} is still armed on ${name}`;
  }
  return null;
}

function byHand({ host }: TargetMaster, left: Pick<Pending, 'unit' | 'undo' | 'snapshots'>): string {
  const [step] = left.undo;
  // Where no unit was touched the way back is all there is.
  if (left.snapshots.length === 0 && step) return host.commandLine(step.argv, { sudo: !step.asLogin });
  return host.commandLine(['systemctl', 'start', left.unit], { sudo: true });
}

function hostIn(masters: readonly TargetMaster[]) {
  return (name: string) => {
    const found = masters.find((one) => one.name === name);
    if (found) return found.host;
    throw new KhaError({
      code: 'master-gone',
      exit: exits.usage,
      message: `The inventory no longer names ${name}.`,
      tryThis: 'Name it again, or put its units back by hand.',
    });
  };
}

/** Canaries do no harm: what cannot be cleaned up fails only the note of their own. What is left, or null. */
async function clearCanaries(
  { namespace }: Pending,
  { cluster }: Inventory,
  masters: readonly TargetMaster[],
  { stderr, clock }: Surroundings,
): Promise<string | null> {
  if (namespace === undefined) return null;
  try {
    const apis = await connectCluster(cluster, masters);
    try {
      const [api] = apis;
      if (api) await removeCanaries(api, { namespace, clock, hurry: new AbortController().signal });
      return null;
    } finally {
      for (const api of apis) api.close();
    }
  } catch (error) {
    if (!(error instanceof KhaError)) throw error;
    stderr.write(`The canaries of that run are not all cleaned up: ${error.message}\n`);
    stderr.write(`Delete them with: kubectl delete namespace ${namespace}\n`);
    // One that is marked for deletion goes without us.
    return error.code === 'canaries-left' ? null : error.message;
  }
}

/** A run that is under way has masters in its hands: what it stopped must stay stopped, and its timer armed. */
async function anotherAtWork(
  masters: readonly TargetMaster[],
  { armedOn, description }: { readonly armedOn: readonly string[]; readonly description: string },
): Promise<string | null> {
  // Notes of an earlier kha-lab do not say which timers are theirs.
  if (description === '') return null;
  for (const { name, host } of masters.filter((one) => armedOn.includes(one.name))) {
    await host.connect();
    const by = await armedBy(host);
    if (isAnothers(by, description))
      return `another run is at work on ${name} (${by}); wait until it has ended`;
  }
  return null;
}
