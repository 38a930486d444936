// kha-lab check: every master and component, the cluster, who leads; exit 1 if a check fails, 4 if something is out of reach.
import { connectCluster } from '../cluster/connect.ts';
import { askHealth } from '../cluster/facts.ts';
import { type CheckResult, examine } from '../experiment/checks/check.ts';
import { type CheckedCluster, checkCluster } from '../experiment/checks/cluster.ts';
import { type CheckedMaster, checkMaster } from '../experiment/checks/master.ts';
import { unitsAgree } from '../experiment/checks/units.ts';
import { openHosts } from '../experiment/target.ts';
import { exits, gravest, KhaError } from '../model/failure.ts';
import { sanitise } from '../model/sanitise.ts';
import { chooseMasters } from './choose.ts';
import type { CommonFlags } from './flags.ts';
import { tellLeftovers } from './leftovers.ts';
import { promptsFor } from './prompts.ts';
import type { Surroundings } from './surroundings.ts';
import { symbolsFor } from './symbols.ts';

export async function check(flags: CommonFlags, surroundings: Surroundings): Promise<number> {
  tellLeftovers(surroundings);
  const chosen = await chooseMasters(flags, surroundings);
  try {
    const masters = openHosts(chosen.inventory, promptsFor(flags, surroundings));
    const checked = await Promise.all(
      masters.map(({ master, host }) => checkMaster(master, host, surroundings.clock)),
    );
    const reached = masters.filter((_, index) => checked[index]?.checks[0]?.ok);
    const cluster = await lookAtCluster();
    await Promise.all(masters.map(({ host }) => host.close()));
    const all = [...checked.flatMap(({ checks }) => checks), ...cluster.checks];
    const print = flags.json ? printJson : printLines;
    print(surroundings, { target: chosen.target, checked, cluster, quiet: Boolean(flags.quiet) });
    return exitOf(all);

    async function lookAtCluster(): Promise<CheckedCluster> {
      try {
        const { cluster: reach } = chosen.inventory;
        const apis = await connectCluster(reach, reach.via === 'ssh' ? reached : masters);
        const seen = await checkCluster(apis, chosen.inventory.masters, surroundings.clock);
        const [first] = apis;
        const version = checked.length > 1 && first ? (await askHealth(first)).version : null;
        for (const api of apis) api.close();
        const several = checked.filter(({ instances }) => instances.length > 0);
        if (several.length < 2) return seen;
        const agree = await examine(unitsAgree(several, version), surroundings.clock);
        return { ...seen, checks: [...seen.checks, agree] };
      } catch (error) {
        if (!(error instanceof KhaError) || error.exit === exits.usage) throw error;
        return unreachable(error);
      }
    }
  } finally {
    await chosen.close();
  }
}

function unreachable(error: KhaError): CheckedCluster {
  const detail = `${error.message} ${error.tryThis}`;
  const failed: CheckResult = {
    id: 'cluster',
    title: 'the cluster can be reached',
    ok: false,
    detail,
    command: null,
    ms: 0,
    unreachable: true,
  };
  return { checks: [failed], leaders: { 'kube-scheduler': null, 'kube-controller-manager': null } };
}

function exitOf(checks: readonly CheckResult[]): number {
  return gravest(
    checks.map(({ ok, unreachable }) => (ok ? exits.good : unreachable ? exits.unreachable : exits.failed)),
  );
}

interface Findings {
  readonly target: string;
  readonly checked: readonly CheckedMaster[];
  readonly cluster: CheckedCluster;
  readonly quiet: boolean;
}

function printJson({ stdout }: Surroundings, { target, checked, cluster }: Findings): void {
  const masters = checked.map(({ name, ok, checks }) => ({ name, ok, checks: checks.map(published) }));
  const ok = checked.every((one) => one.ok) && cluster.checks.every((one) => one.ok);
  const { leaders } = cluster;
  stdout.write(
    `${JSON.stringify({ version: 1, ok, target, masters, cluster: { checks: cluster.checks.map(published) }, leaders })}\n`,
  );
}

function published({ id, title, ok, detail, command, ms }: CheckResult) {
  return { id, title, ok, detail: sanitise(detail), command, ms };
}

function printLines(surroundings: Surroundings, { target, checked, cluster, quiet }: Findings): void {
  const { stdout } = surroundings;
  const symbols = symbolsFor(surroundings);
  const print = (title: string, checks: readonly CheckResult[]) => {
    const shown = quiet ? checks.filter(({ ok }) => !ok) : checks;
    if (shown.length > 0) stdout.write(`${title}\n`);
    for (const { ok, title: what, detail } of shown) {
      stdout.write(`  ${ok ? symbols.pass : symbols.fail} ${what}: ${sanitise(detail)}\n`);
    }
  };
  for (const { name, checks } of checked) print(name, checks);
  print(`cluster (${target})`, cluster.checks);
}
